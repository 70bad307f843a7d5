/** A trace whose root comes while it is looked at, one that is complete, and one with long pauses. */
import { readFileSync } from 'node:fs';
import { drive } from './browser.mjs';
import { addressOf, readWaterfall, waterfall } from './reading.mjs';

await drive(async ({ args: [project, traceId, otlpHttp, rootFile, finishedTrace, pausedTrace], open }) => {
  const page = await open(`/trace/${traceId}?project=${project}`);
  await waterfallOf(page);
  const header = page.locator('main header').first();
  await header.getByText('in flight').waitFor();
  const before = await header.innerText();
  await page.keyboard.press('j');
  await page.waitForTimeout(300);
  const selected = addressOf(page);
  await fetch(`${otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'x-spanhouse-project': project },
    body: readFileSync(rootFile),
  });
  await page.waitForFunction(() => document.querySelector('[role=treegrid]').getAttribute('aria-rowcount') === '3');
  const after = { ...(await readWaterfall(page)), header: await header.innerText() };
  return { before, selected, after, finished: await asked(await open(`/trace/${finishedTrace}`)), paused: await cut(page, project, pausedTrace) };
});

/** It keeps asking while it is in flight, so it is never quiet. */
async function waterfallOf(page) {
  await page.getByRole('treegrid', { name: 'Spans' }).getByRole('row').first().waitFor();
}

/** How often a page asks for a trace that is complete. */
async function asked(page) {
  const requests = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  await waterfall(page);
  await page.waitForTimeout(5000);
  return { count: requests.filter((path) => /arrival|skeleton/.test(path)).length, header: await page.locator('main header').first().innerText() };
}

async function cut(page, project, traceId) {
  await page.goto(new URL(`/trace/${traceId}?project=${project}`, page.url()).href);
  await waterfallOf(page);
  const offer = page.getByRole('button', { name: /quiet/ });
  const offered = await offer.innerText();
  const whole = await readWaterfall(page);
  await offer.click();
  await page.waitForTimeout(300);
  const shown = await readWaterfall(page);
  const band = await page.getByTitle(/cut out: no span/).first().innerText();
  await page.keyboard.press('x');
  await page.waitForTimeout(300);
  return { offered, band, whole: whole.bars.digest, address: shown.address, shown: shown.bars.digest, told: shown.rows.map(({ told }) => told), back: (await readWaterfall(page)).bars.digest };
}
