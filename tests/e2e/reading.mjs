/** What a person would read off the page, as data: through roles and labels, as a screen reader does. */

const QUIET_MS = 500;

/** Waits until the page has asked the API nothing for a while; longer than its debounces (300 ms at most). */
export async function quiet(page) {
  let open = 0;
  let last = Date.now();
  const begun = () => open++;
  const done = () => {
    open--;
    last = Date.now();
  };
  page.on('request', begun).on('requestfinished', done).on('requestfailed', done);
  const deadline = Date.now() + 20_000;
  while (open > 0 || Date.now() - last < QUIET_MS) {
    if (Date.now() > deadline) throw new Error(`the page still waits for ${open} answers after 20 s`);
    await page.waitForTimeout(50);
  }
  page.off('request', begun).off('requestfinished', done).off('requestfailed', done);
}

export function addressOf(page) {
  const { pathname, search } = new URL(page.url());
  return pathname + decodeURIComponent(search.replaceAll('+', ' '));
}

/** The trace list: its rows as cells, the line above it, the search, and the address that says the same. */
export async function readList(page) {
  await quiet(page);
  // An answer that was asked for before `quiet` began to listen.
  await page.locator('main [aria-busy=true]').waitFor({ state: 'detached' });
  const rows = await page.getByRole('table', { name: 'Traces' }).getByRole('row').evaluateAll((elements) =>
    elements.slice(1).map((row) => {
      const cells = [...row.querySelectorAll('[role=cell]')];
      const title = [...cells[0].querySelectorAll('a > *')].map((part) => part.textContent);
      return {
        trace_id: cells[0].querySelector('a').pathname.split('/')[2],
        service: title[0],
        name: title[1] ?? '',
        duration: cells[2].textContent,
        spans: cells[3].textContent,
        errors: cells[4].textContent,
        services: [...cells[5].querySelectorAll('[role=img]')].map((dot) => dot.getAttribute('aria-label')),
        tokens: cells[6].textContent,
        models: cells[7].textContent,
      };
    }),
  );
  const status = page.locator('main [role=status]');
  return {
    address: addressOf(page),
    rows,
    status: (await status.count()) > 0 ? await status.first().innerText() : '',
    search: await page.getByRole('combobox', { name: 'Search' }).inputValue(),
  };
}

/** The rows of the waterfall that exist now, from the top. */
export async function readRows(page) {
  // In one call: while it scrolls, rows come and go between two.
  return page.getByRole('treegrid', { name: 'Spans' }).evaluate((grid) =>
    [...grid.querySelectorAll('[role=row]')]
      .map((row) => {
        const [tree, told] = row.querySelectorAll('[role=gridcell]');
        const box = row.getBoundingClientRect();
        return {
          row: Number(row.getAttribute('aria-rowindex')),
          level: Number(row.getAttribute('aria-level')),
          expanded: row.getAttribute('aria-expanded'),
          selected: row.getAttribute('aria-selected') === 'true',
          name: tree.querySelector('[class*="_name_"]').textContent,
          error: tree.querySelector('[title="Error"], [title$="errors below"]') !== null,
          told: told.textContent,
          top: box.top,
          background: getComputedStyle(row).backgroundColor,
        };
      })
      .toSorted((a, b) => a.row - b.row),
  );
}

export async function waterfall(page) {
  await page.getByRole('treegrid', { name: 'Spans' }).getByRole('row').first().waitFor();
  await quiet(page);
  return readWaterfall(page);
}

export async function readWaterfall(page) {
  const grid = page.getByRole('treegrid', { name: 'Spans' });
  return {
    address: addressOf(page),
    title: (await page.getByRole('heading', { level: 1 }).innerText()).replace(/\s+/g, ' '),
    row_count: Number(await grid.getAttribute('aria-rowcount')),
    rows: await readRows(page),
    scroll_top: await grid.evaluate((element) => element.scrollTop),
    bars: await barPixels(page),
  };
}

/** A digest of the painted bars, and how much of the canvas is painted at all. */
export async function barPixels(page) {
  return paintOf(page.locator('section[aria-label=Waterfall] canvas'));
}

export async function paintOf(canvas) {
  return canvas.evaluate((canvas) => {
    // A copy: reading the page's own canvas back would move it off the GPU and be warned about.
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    let painted = 0;
    let digest = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] > 0) painted++;
      digest = (Math.imul(digest, 31) + data[at] * 65536 + data[at + 1] * 256 + data[at + 2] + data[at + 3]) | 0;
    }
    return { painted, digest };
  });
}

/** The tab of the details panel with this label: what stands in it. */
export async function readTab(page, label) {
  await page.getByRole('tab', { name: new RegExp(`^${label}`) }).click();
  return readPanel(page);
}

export async function readPanel(page) {
  const panel = page.getByRole('complementary', { name: 'Span details' });
  const body = panel.getByRole('tabpanel');
  await body.waitFor();
  return {
    title: await panel.getByRole('heading', { level: 2 }).innerText(),
    tab: await panel.getByRole('tab', { selected: true }).innerText(),
    text: await body.innerText(),
    facts: await body.locator('dl > div').evaluateAll((items) =>
      Object.fromEntries(items.map((item) => [item.querySelector('dt').textContent, item.querySelector('dd').textContent])),
    ),
  };
}

export async function selectSpan(page, name, nth = 0) {
  await page.getByRole('treegrid', { name: 'Spans' }).getByRole('row').filter({ hasText: name }).nth(nth).click();
  await page.getByRole('complementary', { name: 'Span details' }).getByRole('tabpanel').waitFor();
}
