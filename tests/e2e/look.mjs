/** What holds for every page: light and dark, a narrow screen, addresses that lead nowhere. */
import { NARROW, drive } from './browser.mjs';
import { quiet, readPanel } from './reading.mjs';

await drive(async ({ args: [traceId, spanName], open }) => {
  const addresses = { list: '/?last=6h', trace: `/trace/${traceId}`, logs: '/logs', ingest: '/ingest' };
  const filtered = `/?last=6h&query=${encodeURIComponent(`http.route = "${'/a/long/route'.repeat(9)}" and user.id = x`)}`;
  const found = { themes: {}, narrow: {} };
  for (const colorScheme of ['light', 'dark']) {
    const page = await open(addresses.trace, { colorScheme });
    await quiet(page);
    found.themes[colorScheme] = await readTheme(page);
  }
  found.toggled = await toggleTheme(await open(addresses.list, { colorScheme: 'light' }));

  const narrow = await open('/ingest', { viewport: NARROW, hasTouch: true, isMobile: true });
  for (const [name, address] of Object.entries({ ...addresses, filtered })) {
    await narrow.goto(new URL(address, narrow.url()).href);
    await quiet(narrow);
    found.narrow[name] = await readWidth(narrow);
    if (name !== 'trace') continue;
    await narrow.getByRole('row').filter({ hasText: spanName }).first().tap();
    const { title } = await readPanel(narrow);
    found.narrow.details = { ...(await readWidth(narrow)), title };
    await narrow.getByRole('button', { name: 'Close details' }).tap();
    found.narrow.closed = (await narrow.getByRole('complementary', { name: 'Span details' }).count()) === 0;
  }
  found.missing = await readNowhere(await open(`/trace/${'ab'.repeat(16)}`));
  found.malformed = await readNowhere(await open('/trace/not-an-id'));
  found.no_such_page = await readNowhere(await open('/no/such/page'));
  found.missing_span = await readMissingSpan(await open(`/trace/${traceId}?span=abababababababab`));
  return found;
});

/** Colours as painted, and whether the page's own text and ground differ enough to be read. */
async function readTheme(page) {
  return page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    const parse = (text) => text.match(/[\d.]+/g).slice(0, 3).map(Number);
    const light = (rgb) => {
      const [r, g, b] = rgb.map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [ink, ground] = [parse(color), parse(backgroundColor)].map(light);
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    return { ground, ink, contrast };
  });
}

async function toggleTheme(page) {
  const before = await readTheme(page);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  const after = await readTheme(page);
  await page.reload();
  return { before, after, reloaded: await readTheme(page), button: await page.getByRole('button', { name: 'Light theme' }).count() };
}

/** How wide the page is, and which controls begin or end outside of it without a scrollbar that leads there. */
async function readWidth(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth ? true : scrolls(element.parentElement));
    const outside = [...document.querySelectorAll('a, button, input, select')].filter((element) => {
      const { left, right, width: wide } = element.getBoundingClientRect();
      return wide > 0 && (right > width + 1 || left < -1) && !scrolls(element.parentElement);
    });
    return {
      client: width,
      scroll: document.documentElement.scrollWidth,
      body_scroll: document.body.scrollWidth,
      outside: outside.map((element) => element.getAttribute('aria-label') ?? element.textContent),
    };
  });
}

async function readNowhere(page) {
  await page.locator('main h2').first().waitFor();
  await quiet(page);
  return { title: await page.locator('main h2').first().innerText(), text: await page.locator('main').innerText(), way_back: await page.getByRole('link', { name: 'Traces', exact: true }).getAttribute('href') };
}

async function readMissingSpan(page) {
  const panel = page.getByRole('complementary', { name: 'Span details' });
  await panel.getByRole('alert').waitFor();
  const text = await panel.innerText();
  await panel.getByRole('button', { name: 'Close details' }).click();
  return { text, rows: await page.getByRole('treegrid').getByRole('row').count() };
}
