/** The SQL page: starters, completion, several statements, an error's place, a chart, a cell, a cancel, a saved query, by keyboard where one would. */
import { drive, NARROW } from './browser.mjs';

const EDITOR = '.cm-content';
// Fewer rows than the limit refuses, more than any machine reads in the time of a look.
const ENDLESS = 'SELECT count() FROM numbers(9000000000) WHERE sipHash64(number) = 1';

await drive(async ({ open, args: [pictures] }) => {
  const page = await open('/sql');
  const shot = async (name) => pictures && page.screenshot({ path: `${pictures}/${name}.png` });
  const run = () => page.keyboard.press('Control+Enter');
  const status = async () => (await page.locator('[role=status]').last().innerText()).replace(/\s+/g, ' ');
  const cells = () => page.getByRole('gridcell').allInnerTexts();
  const write = async (text) => {
    await page.locator(EDITOR).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
  };
  const found = {};
  await page.locator(EDITOR).waitFor();
  found.empty = await page.getByRole('heading', { name: 'Nothing has been run' }).isVisible();
  await shot('sql-empty');

  await page.getByRole('button', { name: 'Slowest operations' }).click();
  await run();
  await page.getByRole('gridcell').first().waitFor();
  found.starter = { rows: (await cells()).length > 10, heads: await page.locator('[role=columnheader] b').allInnerTexts(), status: await status() };
  await shot('sql-rows');
  await page.getByRole('tab', { name: 'Chart' }).click();
  await page.getByRole('list', { name: 'spans' }).waitFor();
  await shot('sql-bars');
  await page.getByRole('tab', { name: 'Rows' }).click();

  await page.getByRole('button', { name: 'Spans per minute by service' }).click();
  await run();
  await page.getByRole('tab', { name: 'Chart' }).click();
  await page.locator('.uplot canvas').waitFor();
  await shot('sql-lines');
  await page.getByRole('tab', { name: 'Rows' }).click();

  await write('SELECT 1 AS one;\nSELECT 18446744073709551615 AS big, [1, 2] AS list, {name:String} AS said');
  await page.getByPlaceholder('String').fill("it's");
  await page.locator(EDITOR).press('Control+End');
  await run();
  await page.getByRole('gridcell').first().waitFor();
  found.second_statement = await cells();
  await page.waitForURL(/AS\+said/);
  found.address = new URL(page.url()).searchParams.get('query');
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  found.cell = await page.getByRole('region', { name: 'list of row 1' }).locator('pre').innerText();

  await write('SELECT TraceId, SpanId FROM otel_traces LIMIT 1');
  await run();
  await page.getByRole('gridcell').getByRole('link').first().waitFor();
  found.links = await page.getByRole('gridcell').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href').replace(/[0-9a-f]{16,32}/g, 'ID')));

  await write('SELECT 1;\n\nSELECT nothing FROM otel_traces');
  await page.locator(EDITOR).press('Control+End');
  await run();
  await page.getByRole('alert').waitFor();
  found.error = { text: await page.getByRole('alert').innerText(), marked: await page.locator('.cm-lintRange-error').innerText() };
  await shot('sql-error');

  await write("SELECT SpanAttributes['db.response");
  await page.keyboard.press('Control+Space');
  await page.locator('.cm-tooltip-autocomplete').getByText('db.response.status_code').first().waitFor();
  found.keys = true;
  await shot('sql-keys');
  await page.keyboard.press('Escape');
  await write('SELECT Dura');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(' FROM otel_traces');
  await page.locator(EDITOR).press('Home');
  for (let at = 0; at < 'SELECT Dura'.length; at++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Space');
  await page.locator('.cm-tooltip-autocomplete').getByText('Duration').first().waitFor();
  found.columns = true;
  await page.keyboard.press('Escape');

  await write(ENDLESS);
  await run();
  await page.getByRole('button', { name: 'Cancel (Esc)' }).waitFor();
  await page.getByText(/read [\d,]+/).waitFor();
  await shot('sql-running');
  await page.locator(EDITOR).press('Escape');
  await page.getByRole('alert').waitFor();
  found.cancelled = (await page.getByRole('alert').innerText()).split('\n')[0];

  await write('SELECT 7 AS seven');
  await run();
  await page.getByRole('gridcell').first().waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  found.file = file.suggestedFilename();
  await page.getByRole('tab', { name: 'Saved' }).click();
  await page.getByLabel('Name of the query').fill('Seven');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Seven/ }).waitFor();
  await page.reload();
  await page.getByRole('tab', { name: 'History' }).click();
  found.history = await page.locator('aside code').allInnerTexts();
  await page.getByRole('tab', { name: 'Saved' }).click();
  await write('SELECT 8');
  await page.getByRole('button', { name: /^Seven/ }).click();
  found.saved = await page.locator(EDITOR).innerText();
  await shot('sql-saved');
  await page.getByRole('button', { name: 'Delete “Seven”' }).click();
  await page.getByText('Nothing is saved in this project yet').waitFor();

  const dark = await open('/sql?query=SELECT+ServiceName%2C+count()+AS+spans%2C+%27text%27+AS+t+--+note%0AFROM+otel_traces+GROUP+BY+ServiceName', { colorScheme: 'dark' });
  await dark.locator(EDITOR).click();
  await dark.keyboard.press('Control+Enter');
  await dark.getByRole('gridcell').first().waitFor();
  if (pictures) await dark.screenshot({ path: `${pictures}/sql-dark.png` });
  const narrow = await open('/sql?query=SELECT+ServiceName%2C+count()+AS+spans%0AFROM+otel_traces+GROUP+BY+ServiceName', { viewport: NARROW });
  await narrow.locator(EDITOR).click();
  await narrow.keyboard.press('Control+Enter');
  await narrow.getByRole('gridcell').first().waitFor();
  found.narrow_overflow = await narrow.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (pictures) await narrow.screenshot({ path: `${pictures}/sql-narrow.png` });
  return found;
});
