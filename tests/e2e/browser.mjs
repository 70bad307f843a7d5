/**
 * One headless Chromium per script: what the page does is collected, nothing is judged here.
 *
 * Chromium and the libraries and fonts it needs beside glibc come with @sparticuz/chromium (Linux on x86-64), so a
 * machine needs no browser, no NSS and no font. Elsewhere SPANHOUSE_CHROMIUM names a Chromium that is installed.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

const PACKAGE = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
/** Whatever a page is waited for takes milliseconds; this is for a machine that is busy with something else. */
const PATIENCE_MS = 20_000;

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

/**
 * Runs `steps({ browser, base, args, seen, open })` and prints what it returns, with what was seen, as one line of JSON.
 * `open(path, options)` is a page in a context of its own: no storage, no cache, no cookie of another.
 */
export async function drive(steps) {
  const [base, ...args] = process.argv.slice(2);
  const browser = await launch();
  const seen = { console_errors: [], outside_requests: [], failed_requests: [] };
  const open = async (path, options = {}) => {
    const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light', locale: 'en-GB', timezoneId: 'UTC', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    watch(page, base, seen);
    await page.goto(base + path);
    return page;
  };
  try {
    const found = await steps({ browser, base, args, seen, open });
    console.log(JSON.stringify({ ...found, seen }));
  } catch (error) {
    console.error(error.stack, '\nseen so far:', JSON.stringify(seen, null, 2));
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** Chromium's own line about an answer of 400 or more is left out: the answer itself is in `failed_requests`. */
function watch(page, base, seen) {
  page.on('console', (message) => {
    if (!['error', 'warning', 'assert'].includes(message.type())) return;
    if (!message.text().startsWith('Failed to load resource')) seen.console_errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.console_errors.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`) && !/^(data|blob|about):/.test(url)) seen.outside_requests.push(url);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) seen.failed_requests.push(`${response.status()} ${response.url().slice(base.length)}`);
  });
}

async function launch() {
  const own = process.env.SPANHOUSE_CHROMIUM;
  const folder = own ? '' : await unpack();
  return chromium.launch({
    executablePath: own ?? join(folder, 'chromium'),
    args: [
      '--no-sandbox', // the sandbox needs user namespaces or a setuid program, which containers lack
      '--disable-dev-shm-usage', // 64 MB in a container
      '--font-render-hinting=none',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
    env: own ? process.env : { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  });
}

/** Once per installed version; the rename lets scripts that start side by side find all of it or nothing. */
async function unpack() {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const folder = join(PACKAGE, '..', '..', `.chromium-${version}`);
  if (existsSync(folder)) return folder;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`@sparticuz/chromium holds no Chromium for ${process.platform} ${process.arch}; name one with SPANHOUSE_CHROMIUM`);
  }
  const partial = mkdtempSync(`${folder}-`);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = partial; // where `inflate` writes
  await Promise.all(['chromium', 'fonts.tar', 'swiftshader.tar', 'al2023.tar'].map((name) => inflate(join(PACKAGE, 'bin', `${name}.br`))));
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  mkdirSync(join(partial, 'font-cache'));
  writeFileSync(
    join(partial, 'fonts.conf'),
    // The machine's fonts, if it has any, for what the page's own and the unpacked ones lack: a user's emoji in a screenshot.
    `<fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>\n`,
  );
  try {
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
