/** The views of an agent's trace over one selection, its log records, critical path and text for a language model. */
import { drive } from './browser.mjs';
import { addressOf, paintOf, quiet, waterfall } from './reading.mjs';

await drive(async ({ args: [traceId], open }) => {
  const page = await open(`/trace/${traceId}`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await waterfall(page);
  return {
    wall_clock: await wallClock(page),
    tree: await tree(page),
    flame: await flame(page),
    transcript: await transcript(page),
    graph: await graph(page),
    logs: await logs(page),
    copied: await copy(page),
  };
});

function settle(page) {
  return page.waitForTimeout(300); // the address follows the view after 200 ms
}

async function show(page, key) {
  await page.keyboard.press(key);
  await quiet(page);
  await settle(page);
}

/** The bar's categories; a press on the first one leads to its segments one by one. */
async function wallClock(page) {
  const bar = page.getByRole('region', { name: 'Wall clock by category' });
  const categories = await bar.getByRole('button').evaluateAll((all) => all.map((one) => one.innerText.replace(/\s+/g, ' ').trim()));
  const first = bar.getByRole('button').first();
  const steps = [];
  for (let step = 0; step < 2; step++) {
    await first.click();
    await settle(page);
    steps.push({ text: (await first.innerText()).replace(/\s+/g, ' ').trim(), address: addressOf(page) });
  }
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('v');
  const by_key = (await first.innerText()).replace(/\s+/g, ' ').trim();
  await page.keyboard.press('c');
  await page.keyboard.press('Escape');
  await settle(page);
  return { categories, steps, by_key, after: addressOf(page) };
}

async function tree(page) {
  await show(page, '2');
  const view = page.getByRole('region', { name: 'Tree' });
  const rows = await view.getByRole('row').evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent)),
  );
  const columns = await view.locator('span[title]').evaluateAll((all) => all.map((one) => one.textContent));
  return { address: addressOf(page), columns: columns.slice(0, rows[0].length - 1), rows };
}

/** A click selects, arrows lead to the parent, a child and a sibling, a double click fits. */
async function flame(page) {
  await show(page, '3');
  const view = page.getByRole('region', { name: 'Flame' });
  const canvas = view.locator('canvas');
  const box = await canvas.boundingBox();
  const told = () => view.getByRole('img').getAttribute('aria-label');
  const painted = (await paintOf(canvas)).painted;
  await page.mouse.click(box.x + box.width * 0.05, box.y + 8);
  await settle(page);
  const clicked = await told();
  const moves = {};
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowUp']) {
    await page.keyboard.press(key);
    moves[key] = await told();
  }
  await settle(page);
  const resized = await canvas.boundingBox();
  await page.mouse.dblclick(resized.x + 10, resized.y + 28);
  await settle(page);
  const zoomed = { address: addressOf(page), painted: (await paintOf(canvas)).painted };
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  return { painted, clicked, moves, zoomed };
}

async function transcript(page) {
  await show(page, '4');
  const view = page.getByRole('region', { name: 'Transcript' });
  const cards = await view.getByRole('article').evaluateAll((all) =>
    all.map((card) => ({ label: card.getAttribute('aria-label'), text: card.innerText })),
  );
  await view.getByRole('button', { name: /^calls/ }).first().click();
  await settle(page);
  const current = await view.locator('[aria-current]').getAttribute('aria-label');
  const folds = view.getByRole('button', { name: /^Fold/ });
  await folds.first().click();
  const folded = await view.getByRole('article').count();
  return { address: addressOf(page), sum: await view.locator('p').first().innerText(), cards, current, folded };
}

async function graph(page) {
  await show(page, '5');
  const view = page.getByRole('region', { name: 'Graph' });
  const boxes = await view.locator('foreignObject button').evaluateAll((all) => all.map((one) => one.innerText.replace(/\s+/g, ' ').trim()));
  const lines = await view.getByRole('button', { name: / called / }).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  await view.locator('foreignObject button').filter({ hasText: 'track_parcel' }).click();
  await quiet(page);
  await settle(page);
  const found = await page.getByRole('search').getByRole('status').innerText();
  const query = await page.getByLabel('Find in this trace').inputValue();
  await page.keyboard.press('n');
  const next = await page.getByRole('search').getByRole('status').innerText();
  await page.keyboard.press('Escape');
  return { boxes, lines, query, found, next };
}

async function logs(page) {
  await show(page, '1');
  await show(page, 'l');
  const grid = page.getByRole('treegrid', { name: 'Spans' });
  const records = grid.locator('[id^=log-row]');
  // Rows out of sight are not there.
  const size = page.viewportSize();
  await page.setViewportSize({ ...size, height: 2400 });
  await settle(page);
  const rows = await records.evaluateAll((all) =>
    all.map((row) => {
      const [severity, body] = row.querySelectorAll('[class*=severity], [class*=body]');
      return { row: Number(row.getAttribute('aria-rowindex')), severity: severity.textContent, body: body.textContent };
    }),
  );
  await page.setViewportSize(size);
  await records.first().click();
  await settle(page);
  const panel = page.getByRole('complementary', { name: 'Log details' });
  const shown = { text: await panel.innerText(), address: addressOf(page) };
  await page.keyboard.press('j');
  await page.getByRole('complementary', { name: 'Span details' }).waitFor();
  await page.keyboard.press('l');
  await settle(page);
  return { rows, shown, without: { count: await records.count(), address: addressOf(page) } };
}

async function copy(page) {
  await page.keyboard.press('y');
  const dialog = page.getByRole('dialog', { name: 'Copy for a language model' });
  await dialog.getByRole('status').filter({ hasText: 'characters' }).waitFor();
  const told = await dialog.getByRole('status').innerText();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  await dialog.getByRole('tab', { name: 'JSON' }).click();
  await dialog.getByRole('button', { name: 'Copy JSON' }).click();
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  const json = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('Escape');
  return { told, markdown, json };
}
