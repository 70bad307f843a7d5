/** The waterfall of one trace: folding, search, critical path, and every key that Jaeger's trace page has. */
import { drive } from './browser.mjs';
import { addressOf, barPixels, quiet, readRows, readWaterfall, waterfall } from './reading.mjs';

await drive(async ({ args: [traceId, foldedName, word, attributeText], open }) => {
  const page = await open(`/trace/${traceId}`);
  const found = { opened: await waterfall(page) };
  const grid = page.getByRole('treegrid', { name: 'Spans' });
  const row = (name) => grid.getByRole('row').filter({ hasText: name }).first();
  const settled = async () => {
    await page.waitForTimeout(300); // the address follows the view after 200 ms
    return readWaterfall(page);
  };

  await row(foldedName).locator('[data-fold]').click();
  found.folded = await settled();
  await page.reload();
  found.reloaded = await waterfall(page);
  await row(foldedName).locator('[data-fold]').click();
  found.unfolded = await settled();

  found.search = await search(page, word);
  found.attribute_search = await search(page, attributeText);
  found.nothing = await search(page, 'nowhere-to-be-found');

  const without = await barPixels(page);
  await page.getByRole('button', { name: /^Critical path/ }).click();
  found.critical = { ...(await settled()), without, pressed: await page.getByRole('button', { name: /^Critical path/ }).getAttribute('aria-pressed') };
  await page.keyboard.press('c');
  found.critical.again = (await settled()).bars;

  found.keys = await keys(page, settled);
  found.zoom = await zoom(page, settled);
  return found;
});

/** Types, walks to the next match and the one before, clears with Escape. */
async function search(page, text) {
  const field = page.getByLabel('Find in this trace');
  const counted = page.getByRole('search').getByRole('status');
  await page.keyboard.press('Control+b');
  const focused = await field.evaluate((element) => element === document.activeElement);
  await field.fill(text);
  await quiet(page);
  const count = await counted.innerText();
  const plain = (await readRows(page)).map(({ background }) => background);
  await page.keyboard.press('Enter');
  const first = await counted.innerText();
  await page.keyboard.press('Enter');
  const second = await counted.innerText();
  await page.keyboard.press('Shift+Enter');
  const back = await counted.innerText();
  await page.waitForTimeout(300);
  const selected = (await readRows(page)).filter((row) => row.selected).map(({ name }) => name);
  const address = addressOf(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(300);
  return { focused, count, first, second, back, selected, address, highlighted: new Set(plain).size > 1, after: addressOf(page) };
}

async function keys(page, settled) {
  const press = async (...chords) => {
    for (const chord of chords) await page.keyboard.press(chord);
    const { row_count, rows, scroll_top, address } = await settled();
    return { row_count, scroll_top, address, selected: rows.filter((row) => row.selected).map(({ row, name }) => [row, name]) };
  };
  const told = {};
  told['fold all'] = await press(']');
  told['unfold one level'] = await press('o');
  told['unfold another level'] = await press('o');
  told['fold one level'] = await press('p');
  told['unfold all'] = await press('[');
  told['next span'] = await press('j');
  told['next span again'] = await press('j');
  told['next sibling'] = await press('.');
  told['previous sibling'] = await press(',');
  told['left arrow'] = await press('ArrowLeft');
  told['left arrow again'] = await press('ArrowLeft');
  told['next of the folded'] = await press('j');
  told['right arrow'] = await press('ArrowRight');
  told['right arrow again'] = await press('ArrowRight');
  told['previous span'] = await press('k');
  told['clear selection'] = await press('Escape');
  await page.setViewportSize({ width: 1440, height: 420 });
  told['scroll down'] = await press('s');
  told['scroll up'] = await press('w');
  told['next on screen'] = await press('f');
  told['previous on screen'] = await press('b');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('?');
  told.help = await page.getByRole('dialog', { name: 'Keys' }).innerText();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  told.commands = await page.getByRole('dialog').innerText();
  await page.keyboard.press('Escape');
  return told;
}

/** Zoom and pan by key, by Ctrl and the wheel, by a drag over the minimap; the button shows the whole trace again. */
async function zoom(page, settled) {
  const range = () => (new URL(page.url()).searchParams.get('zoom') ?? '').split('-').filter(Boolean).map(Number);
  const after = async (act) => {
    await act();
    const { bars } = await settled();
    return { range: range(), bars };
  };
  const told = { whole: await after(async () => undefined) };
  told.zoomed_in = await after(() => page.keyboard.press('Shift+ArrowUp'));
  told.panned_right = await after(() => page.keyboard.press('d'));
  told.panned_left = await after(() => page.keyboard.press('a'));
  told.panned_far = await after(() => page.keyboard.press('Shift+ArrowRight'));
  told.zoomed_out = await after(() => page.keyboard.press('Shift+ArrowDown'));
  told.wheel = await after(async () => {
    const box = await page.getByRole('treegrid', { name: 'Spans' }).boundingBox();
    await page.mouse.move(box.x + box.width * 0.7, box.y + 60);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
  });
  told.cleared = await after(() => page.getByRole('button', { name: 'Whole trace' }).click());
  told.minimap = await after(async () => {
    const box = await page.locator('main canvas').first().boundingBox();
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
  });
  await page.reload();
  told.reloaded = await after(() => waterfall(page));
  return told;
}
