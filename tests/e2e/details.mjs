/** The details panel: every tab of a span that holds everything, copying, the way to the list, an error span. */
import { drive } from './browser.mjs';
import { addressOf, readList, readPanel, readTab, selectSpan, waterfall } from './reading.mjs';

await drive(async ({ args: [project, traceId], open }) => {
  const page = await open(`/trace/${traceId}?project=${project}`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await waterfall(page);
  const found = {};
  await selectSpan(page, 'POST /orders');
  found.overview = await readPanel(page);
  found.attributes = await readTab(page, 'Attributes');
  await page.getByLabel('Filter attributes').fill('gift');
  found.filtered = await readPanel(page);
  found.links = await readTab(page, 'Links');
  found.resource = await readTab(page, 'Resource');
  found.raw = await readTab(page, 'JSON');
  await page.getByRole('button', { name: 'Copy JSON' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  found.copied = await page.evaluate(() => navigator.clipboard.readText());

  await selectSpan(page, 'reserve stock');
  found.events = await readTab(page, 'Events');
  await page.waitForTimeout(350);
  found.address = addressOf(page);
  await page.reload();
  found.reloaded = await readPanel(page);

  await selectSpan(page, 'charge card');
  found.error = await readTab(page, 'Overview');
  found.error_row = (await waterfall(page)).rows.find(({ name }) => name === 'charge card');
  await page.getByRole('button', { name: 'Close details' }).click();
  found.closed = (await page.getByRole('complementary', { name: 'Span details' }).count()) === 0;

  await selectSpan(page, 'POST /orders');
  await readTab(page, 'Links');
  await page.getByRole('link', { name: 'Open the linked trace' }).click();
  await page.getByRole('heading', { level: 1, name: /receive webhook/ }).waitFor();
  found.linked = { ...(await waterfall(page)), panel: await readPanel(page) };

  await page.goto(new URL(`/trace/${traceId}?project=${project}`, page.url()).href);
  await waterfall(page);
  await selectSpan(page, 'POST /orders');
  await page.getByRole('button', { name: 'List traces with this order.id' }).click();
  found.listed = await readList(page);
  return found;
});
