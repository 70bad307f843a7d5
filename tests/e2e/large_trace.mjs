/** A trace of 100,000 spans: the page's own measure of its first rows, frames while it scrolls, both ends of it. */
import { drive } from './browser.mjs';
import { readRows, readWaterfall } from './reading.mjs';

const SCROLL_MS = 3000;
const WHEEL_EVERY_MS = 16;
/** Half a screen of rows at once. */
const WHEEL_PIXELS = 360;

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
  const scrolled = await frames(page, () => wheel(page));
  await page.waitForTimeout(300);
  const middle = await readWaterfall(page);
  const end = await scrollTo(page, 1e9);
  const folded = await fold(page);
  return { opened, header, top, idle, scrolled, middle, end, folded };
});

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

async function wheel(page) {
  const box = await page.getByRole('treegrid', { name: 'Spans' }).boundingBox();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
  const end = Date.now() + SCROLL_MS;
  while (Date.now() < end) {
    const due = Date.now() + WHEEL_EVERY_MS;
    await page.mouse.wheel(0, WHEEL_PIXELS);
    await new Promise((resolve) => setTimeout(resolve, Math.max(due - Date.now(), 0)));
  }
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
