/**
 * The pictures of the README: node screenshots.mjs BASE_URL DIRECTORY AGENT_TRACE_ID SHOP_TRACE_ID
 * Each of list, trace, LLM span and the agent's trace in every view, light and dark, wide and narrow, named like trace-dark-1440.png.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NARROW, WIDE, drive } from './browser.mjs';
import { quiet, selectSpan } from './reading.mjs';

/** After a change of size or colours: one frame is enough, a busy machine takes longer. */
const REPAINTED_MS = 250;

await drive(async ({ args: [directory, agentTrace, shopTrace], open }) => {
  mkdirSync(directory, { recursive: true });
  const scenes = {
    list: ['/', async () => undefined],
    trace: [`/trace/${shopTrace}`, async () => undefined],
    llm: [`/trace/${agentTrace}`, (page) => selectSpan(page, /chat /, 0)],
    logs: [`/trace/${agentTrace}?logs=1&critical=1`, async () => undefined],
    ...Object.fromEntries(['tree', 'flame', 'transcript', 'graph'].map((view) => [view, [`/trace/${agentTrace}?view=${view}`, async () => undefined]])),
  };
  const files = [];
  for (const [name, [address, prepare]] of Object.entries(scenes)) {
    const page = await open(address, { deviceScaleFactor: 2 });
    await quiet(page);
    await prepare(page);
    await quiet(page);
    await page.mouse.move(0, 0);
    for (const viewport of [WIDE, NARROW]) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(REPAINTED_MS);
        const file = `${name}-${colorScheme}-${viewport.width}.png`;
        await page.screenshot({ path: join(directory, file) });
        files.push(file);
      }
    }
    await page.context().close();
  }
  return { files };
});
