/** Metrics of the demo: the list, a chart by groups, a filter that is completed, a dashboard, the map, an alert. */
import { drive } from './browser.mjs';
import { paintOf, quiet } from './reading.mjs';

const tableOf = (page, name) => page.getByRole('table', { name }).locator('tbody tr').allInnerTexts();

await drive(async ({ open }) => {
  const page = await open('/metrics?last=6h');
  await quiet(page);
  const found = { names: await page.getByRole('navigation', { name: 'Metrics' }).locator('li button span:first-child').allInnerTexts() };

  await page.getByRole('button', { name: /^shop\.requests/ }).click();
  await page.getByRole('table', { name: 'Series' }).waitFor();
  await page.getByLabel('Aggregation').selectOption('increase');
  await page.getByRole('combobox', { name: 'Group by' }).fill('http.ro');
  await page.getByRole('option', { name: /http\.route/ }).click();
  await page.getByRole('row', { name: '/cart' }).waitFor();
  await quiet(page);
  found.routes = await tableOf(page, 'Series');
  found.painted = (await paintOf(page.getByRole('img', { name: /^increase of shop\.requests/ }).locator('canvas'))).painted;

  const filter = page.getByRole('combobox', { name: 'Filter' });
  await filter.fill('http.route = /ca');
  await page.getByRole('option', { name: /\/cart/ }).click();
  await page.getByText('Showing 1 of 1 series').waitFor();
  await quiet(page);
  found.filtered = await tableOf(page, 'Series');
  found.address = new URL(page.url()).search;
  await page.reload();
  await page.getByRole('table', { name: 'Series' }).waitFor();
  await quiet(page);
  found.reloaded = await tableOf(page, 'Series');

  await page.getByRole('link', { name: 'Add to a dashboard' }).click();
  await page.getByRole('button', { name: 'To a new dashboard' }).click();
  await page.getByRole('region', { name: 'shop.requests' }).getByRole('img').waitFor();
  found.dashboard = await page.getByRole('heading', { level: 1 }).innerText();
  await page.goto(new URL('/dashboards/gen-ai?last=6h', page.url()).href);
  await page.getByRole('region', { name: 'By model' }).locator('td').first().waitFor();
  await quiet(page);
  found.calls = await page.getByRole('region', { name: 'Calls', exact: true }).locator('p').innerText();
  found.problems = await page.getByRole('alert').allInnerTexts();
  await page.goto(new URL('/dashboards/ingest?last=6h', page.url()).href);
  await page.getByRole('region', { name: 'Senders' }).locator('td').first().waitFor();
  found.problems.push(...(await page.getByRole('alert').allInnerTexts()));

  await page.goto(new URL('/map?last=6h', page.url()).href);
  const map = page.getByRole('region', { name: 'Service map' });
  await map.getByRole('button', { name: /^frontend/ }).click();
  found.calls_of_frontend = await page.getByRole('table', { name: 'Calls' }).locator('tbody tr td:first-child').allInnerTexts();
  await page.getByRole('link', { name: 'Traces with errors' }).click();
  await quiet(page);
  found.traces = new URL(page.url()).searchParams.get('query');

  await page.goto(new URL('/alerts?new=1', page.url()).href);
  await page.getByLabel('Name').fill('Always');
  await page.getByLabel('SQL: one number, or rows').fill('SELECT 7');
  await page.getByRole('button', { name: 'Try the SQL' }).click();
  found.tried = await page.getByRole('status').innerText();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const history = page.getByRole('region', { name: 'History' });
  await history.getByText('firing').waitFor();
  found.fired = await history.locator('li').first().innerText();
  return found;
});
