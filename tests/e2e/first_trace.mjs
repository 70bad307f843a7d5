/** The main flow: an empty page waits, a program sends, the list shows the trace, a click opens its waterfall. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { drive } from './browser.mjs';
import { addressOf, readList, readPanel, selectSpan, waterfall } from './reading.mjs';

await drive(async ({ args: [project, ...command], open }) => {
  const page = await open(`/?project=${project}`);
  await page.getByRole('heading', { name: 'Waiting for the first trace' }).waitFor();
  const waiting = await page.locator('main').innerText();
  const snippets = {};
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    snippets[await tab.innerText()] = await page.locator('pre').innerText();
  }
  const sent = await promisify(execFile)(command[0], command.slice(1));
  // Nothing is pressed: the page finds out by itself.
  await page.getByRole('table', { name: 'Traces' }).getByRole('link').first().waitFor();
  const list = await readList(page);
  await page.getByRole('link', { name: 'POST /orders' }).click();
  const trace = await waterfall(page);
  const header = await page.locator('main header').first().innerText();
  await selectSpan(page, 'charge card');
  const panel = await readPanel(page);
  const measures = await page.evaluate(() => performance.getEntriesByName('trace:first-rows').map(({ duration, detail }) => ({ duration, detail })));
  await page.goBack();
  await page.getByRole('table', { name: 'Traces' }).waitFor();
  return { trace_id: sent.stdout.trim(), waiting, snippets, list, trace, header, panel, measures, back: addressOf(page) };
});
