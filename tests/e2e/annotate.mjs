/** Annotations, bookmarks and saved views, by keyboard from the trace page on. */
import { drive, NARROW } from './browser.mjs';

await drive(async ({ open, args: [project, traceId, pictures] }) => {
  const page = await open(`/trace/${traceId}?project=${project}`);
  const shot = async (name, from = page) => pictures && from.screenshot({ path: `${pictures}/${name}.png` });
  const said = (of) => page.getByRole('group', { name: `Annotations of the ${of}` }).locator('[title]:not([title^=Annotate])').allInnerTexts();
  const gone = () => page.locator('dialog').waitFor({ state: 'detached' });
  const found = {};
  await page.getByRole('group', { name: 'Annotations of the trace' }).getByRole('button', { name: /Annotate|Add/ }).waitFor();

  await page.keyboard.press('m');
  await page.keyboard.type('the whole of it');
  await page.getByLabel('Your name').fill('ann');
  await page.keyboard.press('Control+Enter');
  await gone();
  found.trace = await said('trace');

  await page.keyboard.press('j');
  await page.getByRole('group', { name: 'Annotations of the span' }).getByRole('button', { name: /Annotate|Add/ }).waitFor();
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'label', exact: true }).click();
  await page.keyboard.type('to review');
  await shot('annotate-dialog');
  await page.keyboard.press('Enter');
  await gone();
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'score', exact: true }).click();
  await page.keyboard.type('relevance');
  await page.getByLabel('Score', { exact: true }).fill('0.25');
  found.author = await page.getByLabel('Your name').inputValue();
  await page.keyboard.press('Enter');
  await gone();
  found.span = await said('span');
  await page.getByRole('button', { name: 'relevance 0.25' }).click();
  await page.getByLabel('Score', { exact: true }).fill('0.75');
  await page.keyboard.press('Control+Enter');
  await gone();
  await page.reload();
  await page.getByRole('button', { name: 'relevance 0.75' }).waitFor();
  found.after_reload = { trace: await page.getByRole('group', { name: 'Annotations of the trace' }).innerText(), span: await said('span') };
  await shot('annotate');

  await page.keyboard.press('Shift+M');
  await page.getByRole('button', { name: 'Remove the bookmark (Shift+M)' }).waitFor();
  await page.keyboard.press('Shift+B');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.type('My view');
  await page.keyboard.press('Enter');
  await page.getByRole('option').locator('span:first-of-type', { hasText: /^My view$/ }).waitFor();
  await shot('saved');
  found.saved = await page.getByRole('option').locator('span:first-of-type').allInnerTexts();
  await page.keyboard.press('Escape');
  const list = await open(`/?last=7d&project=${project}&query=score.relevance+%3E+0.5+and+label+%3D+%22to+review%22`);
  await list.getByText('relevance 0.75').waitFor();
  found.chips = await list.getByRole('row').locator('a span[title]').allInnerTexts();
  found.found_by_score = await list.getByRole('row').getByRole('link').count();
  await shot('annotate-list', list);
  await list.keyboard.press('Shift+B');
  await list.keyboard.type('my v');
  await list.getByRole('option', { name: 'My view' }).waitFor();
  await list.keyboard.press('Enter');
  await list.waitForURL(/\/trace\//);
  found.back = new URL(list.url()).pathname;

  const dark = await open(new URL(page.url()).pathname + new URL(page.url()).search, { colorScheme: 'dark' });
  await dark.getByRole('button', { name: 'relevance 0.75' }).waitFor();
  await shot('annotate-dark', dark);
  const narrow = await open(new URL(page.url()).pathname + new URL(page.url()).search, { viewport: NARROW });
  await narrow.getByRole('button', { name: 'relevance 0.75' }).waitFor();
  await shot('annotate-narrow', narrow);
  found.narrow_overflow = await narrow.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

  await page.getByRole('button', { name: 'relevance 0.75' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await gone();
  found.removed = await said('span');
  return found;
});
