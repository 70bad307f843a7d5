/** No mouse: from the list of traces to the arguments of a tool call. */
import { drive } from './browser.mjs';
import { addressOf, quiet } from './reading.mjs';

const MOST_ROWS = 50;

await drive(async ({ args: [traceId], open }) => {
  const page = await open('/?last=6h');
  await page.getByRole('table', { name: 'Traces' }).getByRole('link').first().waitFor();
  await quiet(page);
  const pressed = [];
  const press = async (key) => {
    pressed.push(key);
    await page.keyboard.press(key);
  };
  await press('/');
  await page.keyboard.type('service = support-agent');
  await press('Enter');
  await page.getByRole('status').filter({ hasText: /^Showing \d+ of \d+ traces?$/ }).waitFor();
  await quiet(page);
  await press('Escape');
  const isThere = () => page.evaluate((id) => document.activeElement?.closest('a')?.pathname === `/trace/${id}`, traceId);
  while (!(await isThere()) && pressed.length < MOST_ROWS) await press('j');
  await press('Enter');
  await page.getByRole('treegrid', { name: 'Spans' }).getByRole('row').first().waitFor();
  await press('t');
  const panel = page.getByRole('complementary', { name: 'Span details' });
  await panel.getByRole('tabpanel').waitFor();
  const first = { title: await panel.getByRole('heading', { level: 2 }).innerText(), text: await panel.getByRole('tabpanel').innerText() };
  await press('t');
  await page.waitForTimeout(300);
  await quiet(page);
  const second = await panel.getByRole('heading', { level: 2 }).innerText();
  await press('?');
  const help = await page.getByRole('dialog', { name: 'Keys' }).innerText();
  await press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await press('Control+k');
  await page.getByRole('combobox', { name: 'Command or span' }).fill('copy for');
  const command = await page.getByRole('listbox', { name: 'Commands' }).getByRole('option').first().innerText();
  return { pressed: pressed.slice(-6), rows: pressed.filter((key) => key === 'j').length, first, second, help, command, address: addressOf(page) };
});
