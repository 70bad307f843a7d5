/** The trace list: searching and completing, the address that says the same after a reload, sorting, paging, the chart, nothing found. */
import { drive } from './browser.mjs';
import { addressOf, paintOf, quiet, readList } from './reading.mjs';

const AT = '/?last=6h';

/** Between them time runs across the chart: drawLatency.ts. */
const CHART_LABELS = 60;
const CHART_END = 8;

await drive(async ({ open }) => {
  const page = await open(AT);
  const found = { all: await readList(page) };
  const clear = async () => {
    await page.getByRole('button', { name: 'Clear the search' }).first().click();
    await quiet(page);
  };
  const search = async (text) => {
    await page.keyboard.press('/');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    return readList(page);
  };

  await page.getByRole('combobox', { name: 'Service' }).fill('payment');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  found.service = await readList(page);
  await page.getByRole('button', { name: 'Only errors' }).click();
  found.service_and_error = await readList(page);
  await page.reload();
  found.reloaded = await readList(page);
  await clear();
  found.cleared = await readList(page);

  found.text = await search('deadlock');
  found.name = await search('name = charge');
  found.slow = await search('trace.duration >= 5s');
  await clear();

  found.completed = await complete(page);
  found.completed.list = await readList(page);
  found.spans = await listSpans(page);
  await page.goto(new URL(AT, page.url()).href);
  await quiet(page);

  await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click();
  found.slowest_first = await readList(page);
  await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click();
  found.fastest_first = await readList(page);

  found.end = await scrollToEnd(page);
  found.nothing = await findNothing(page);
  found.brushed = await brushChart(page);
  return found;
});

/** By keyboard alone: some letters of a key, its operator, a letter of a value, and Enter. */
async function complete(page) {
  const options = page.getByRole('option');
  const offered = async (text) => {
    await options.filter({ hasText: text }).first().waitFor();
    return options.locator('span:first-child').allInnerTexts();
  };
  await page.keyboard.press('/');
  await page.keyboard.type('db.response.st');
  const keys = await offered('db.response.status_code');
  await page.keyboard.press('Tab');
  await offered('contains');
  await page.keyboard.press('Tab');
  await page.keyboard.type('40P');
  const values = await offered('40P01');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  return { keys, values };
}

/** The same search as spans; the first leads to its place in its trace. */
async function listSpans(page) {
  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Spans' }).click();
  await quiet(page);
  const status = await page.locator('main [role=status]').first().innerText();
  await page.getByRole('table', { name: 'Spans' }).getByRole('link').first().click();
  await quiet(page);
  return { status, panel: await page.getByRole('tabpanel').count(), address: addressOf(page) };
}

async function scrollToEnd(page) {
  await page.goto(new URL(AT, page.url()).href);
  const before = await readList(page);
  const first = before.rows[0].trace_id;
  await page.mouse.move(700, 700);
  for (let turn = 0; turn < 6; turn++) {
    await page.mouse.wheel(0, 2000);
    await quiet(page);
  }
  const after = await readList(page);
  return { before: before.status, after: after.status, last: after.rows.at(-1), first_is_gone: !after.rows.some((row) => row.trace_id === first) };
}

async function findNothing(page) {
  await page.goto(new URL('/?query=nowhere&last=6h', page.url()).href);
  await page.getByRole('heading', { name: 'No trace matches' }).waitFor();
  const text = await page.locator('main section').last().innerText();
  await page.locator('main section').last().getByRole('button', { name: 'Clear the search' }).click();
  return { text, after: await readList(page) };
}

/** A drag across the right half of the last hour's chart. */
async function brushChart(page) {
  await page.goto(new URL('/?last=1h', page.url()).href);
  await quiet(page);
  const chart = page.getByRole('img', { name: /^Latency of/ });
  const painted = (await paintOf(chart.locator('canvas'))).painted;
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + (CHART_LABELS + box.width - CHART_END) / 2, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await quiet(page);
  const params = new URL(page.url()).searchParams;
  return { painted, label: await chart.getAttribute('aria-label'), from: Number(params.get('from')), to: Number(params.get('to')), address: addressOf(page) };
}
