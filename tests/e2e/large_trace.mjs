/** A trace of 100,000 spans: the page's own measure of its first rows, frames while it scrolls, both ends of it. */
import { drive } from './browser.mjs';
import { paintOf, readRows, readWaterfall } from './reading.mjs';

const SCROLL_MS = 3000;
const WHEEL_EVERY_MS = 16;
/** Half a screen of rows at once. */
const WHEEL_PIXELS = 360;
const ZOOM_PIXELS = 40;

await drive(async ({ args: [project, traceId], open }) => {
  const address = `/trace/${traceId}?project=${project}`;
  const opened = [];
  let page;
  for (let turn = 0; turn < 2; turn++) {
    if (page) await page.reload();
    else page = await open(address);
    await page.waitForFunction(() => performance.getEntriesByName('trace:first-rows').length > 0);
    opened.push(
      await page.evaluate(() => {
        const [{ startTime, duration, detail }] = performance.getEntriesByName('trace:first-rows');
        const [skeleton] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/skeleton'));
        return { startTime, duration, detail, answered: skeleton.responseEnd, transferred: skeleton.transferSize, unpacked: skeleton.decodedBodySize };
      }),
    );
  }
  const top = await readWaterfall(page);
  const header = await page.locator('main header').first().innerText();
  const idle = await frames(page, () => page.waitForTimeout(1000));
  const scrolled = await frames(page, () => wheel(page, page.getByRole('treegrid', { name: 'Spans' })));
  await page.waitForTimeout(300);
  const middle = await readWaterfall(page);
  const end = await scrollTo(page, 1e9);
  const views = { tree: await view(page, '2', 'Tree'), flame: await view(page, '3', 'Flame') };
  await page.keyboard.press('1');
  const folded = await fold(page);
  return { opened, header, top, idle, scrolled, middle, end, views, folded };
});

/** Another view of the same spans: scrolled, and zoomed where it has a time axis. */
async function view(page, key, name) {
  await page.keyboard.press(key);
  const section = page.getByRole('region', { name });
  const target = section.getByRole(name === 'Tree' ? 'treegrid' : 'img');
  await target.waitFor();
  await page.waitForTimeout(1000);
  const rows = name === 'Tree' ? (await section.getByRole('row').count()) : 0;
  const painted = name === 'Flame' ? (await paintOf(section.locator('canvas'))).painted : 0;
  const told = await target.getAttribute(name === 'Tree' ? 'aria-rowcount' : 'aria-label');
  const moved = await frames(page, () => wheel(page, target, name === 'Flame'));
  return { told, rows, painted, moved };
}

async function frames(page, act) {
  await page.evaluate(() => {
    const frames = (window.frameTimes = []);
    const tick = (now) => {
      frames.push(now);
      window.frameRequest = requestAnimationFrame(tick);
    };
    window.frameRequest = requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    cancelAnimationFrame(window.frameRequest);
    return window.frameTimes.slice(1).map((now, index) => now - window.frameTimes[index]);
  });
}

/** Down, or in and out at the pointer. */
async function wheel(page, target, zooms = false) {
  const box = await target.boundingBox();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
  if (zooms) await page.keyboard.down('Control');
  const end = Date.now() + SCROLL_MS;
  for (let turn = 0; Date.now() < end; turn++) {
    const due = Date.now() + WHEEL_EVERY_MS;
    await page.mouse.wheel(0, zooms ? (Math.floor(turn / 40) % 2 === 0 ? -ZOOM_PIXELS : ZOOM_PIXELS) : WHEEL_PIXELS);
    await new Promise((resolve) => setTimeout(resolve, Math.max(due - Date.now(), 0)));
  }
  if (zooms) await page.keyboard.up('Control');
}

async function scrollTo(page, top) {
  await page.getByRole('treegrid', { name: 'Spans' }).evaluate((element, to) => element.scrollTo({ top: to }), top);
  await page.waitForTimeout(200);
  return readRows(page);
}

async function fold(page) {
  const begun = Date.now();
  await page.keyboard.press(']');
  await page.waitForFunction(() => document.querySelector('[role=treegrid]').getAttribute('aria-rowcount') === '1');
  const took = Date.now() - begun;
  await page.keyboard.press('o');
  await page.waitForTimeout(300);
  const one_level = await readWaterfall(page);
  return { took, one_level };
}
