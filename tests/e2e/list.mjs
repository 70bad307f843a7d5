/** The trace list: every filter, the address that says the same after a reload, sorting, paging, the chart, nothing found. */
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
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await quiet(page);
  };
  const commit = async (label, text) => {
    await page.getByLabel(label, { exact: true }).fill(text);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
  };

  await commit('Service', 'payment');
  found.service = await readList(page);
  await page.getByLabel('Status').selectOption('error');
  found.service_and_error = await readList(page);
  await page.reload();
  found.reloaded = { ...(await readList(page)), service: await page.getByLabel('Service', { exact: true }).inputValue(), status_field: await page.getByLabel('Status').inputValue() };
  await clear();
  found.cleared = await readList(page);

  await commit('Free text', 'deadlock');
  found.text = await readList(page);
  await clear();
  await commit('Span name', 'charge');
  found.name = await readList(page);
  await clear();
  await commit('Shortest duration', '5s');
  found.slow = await readList(page);
  await commit('Shortest duration', 'soon');
  found.unreadable_duration = await page.getByRole('alert').innerText();
  await commit('Shortest duration', '5s');
  await clear();

  found.attribute = await addAttribute(page);
  found.attribute.list = await readList(page);
  await page.reload();
  found.attribute.reloaded = await readList(page);
  await page.getByRole('button', { name: /^Remove / }).click();
  found.attribute.removed = await readList(page);

  await page.getByRole('button', { name: 'Duration' }).click();
  found.slowest_first = await readList(page);
  await page.getByRole('button', { name: 'Duration' }).click();
  found.fastest_first = await readList(page);

  found.end = await scrollToEnd(page);
  found.nothing = await findNothing(page);
  found.brushed = await brushChart(page);
  return found;
});

/** As a person does: some letters, a key from the suggestions, a value from the suggestions. */
async function addAttribute(page) {
  const field = page.getByRole('combobox', { name: 'Add an attribute filter' });
  const options = page.getByRole('option');
  await field.fill('db.response.st');
  await options.filter({ hasText: 'db.response.status_code=' }).waitFor();
  const keys = await options.locator('span:first-child').allInnerTexts();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await field.press('End');
  await field.pressSequentially('4');
  await options.filter({ hasText: '=40P01' }).waitFor();
  const values = await options.locator('span:first-child').allInnerTexts();
  await options.filter({ hasText: '=40P01' }).click();
  return { keys, values };
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
  await page.goto(new URL('/?q=nowhere-to-be-found&last=6h', page.url()).href);
  await page.getByRole('heading', { name: 'No trace matches' }).waitFor();
  const text = await page.locator('main section').last().innerText();
  await page.locator('main section').last().getByRole('button', { name: 'Clear filters' }).click();
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
