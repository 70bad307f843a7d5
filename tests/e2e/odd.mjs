/** Traces that no careful program sends: what is too long, given twice, or at a time that cannot be. */
import { NARROW, WIDE, drive } from './browser.mjs';
import { addressOf, quiet } from './reading.mjs';

await drive(async ({ args: [project, long, twice, skewed], open }) => {
  const page = await open(`/trace/${long}?project=${project}`);
  const found = { widths: {} };
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    await quiet(page);
    found.widths[viewport.width] = await readHeader(page);
  }
  await page.setViewportSize(WIDE);
  await page.getByRole('row').first().click();
  found.value = await readValue(page);

  await page.goto(new URL(`/trace/${twice}?project=${project}`, page.url()).href);
  await quiet(page);
  found.walked = [];
  for (let row = 0; row < 4; row++) {
    await page.keyboard.press('j');
    found.walked.push(await page.locator('[role=row][aria-selected=true]').getAttribute('aria-rowindex'));
  }
  await page.keyboard.press('k');
  await page.waitForTimeout(300); // the address follows the view after 200 ms
  found.twice = { address: addressOf(page), details: await readDetails(page) };

  await page.goto(new URL(`/trace/${skewed}?project=${project}`, page.url()).href);
  await quiet(page);
  await page.getByRole('row').nth(1).click();
  found.skewed = await readDetails(page);
  return found;
});

/** Whether the title ends before the tools begin (beside or above them), and how wide the page is. */
async function readHeader(page) {
  return page.evaluate(() => {
    const title = document.querySelector('main h1').getBoundingClientRect();
    const find = document.querySelector('main [role=search]').getBoundingClientRect();
    return { apart: title.right <= find.left || title.bottom <= find.top, scroll: document.documentElement.scrollWidth };
  });
}

async function readValue(page) {
  const value = page.getByRole('complementary', { name: 'Span details' }).getByRole('definition').filter({ hasText: 'SELECT' });
  await value.waitFor();
  const short = (await value.innerText()).length;
  await value.getByRole('button', { name: /show all/ }).click();
  return { short, whole: (await value.innerText()).length };
}

async function readDetails(page) {
  const panel = page.getByRole('complementary', { name: 'Span details' }).getByRole('tabpanel');
  await panel.waitFor();
  await quiet(page);
  return panel.innerText();
}
