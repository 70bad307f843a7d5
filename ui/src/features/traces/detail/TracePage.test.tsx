import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answerFetch } from '../../../testing/fetch';
import { renderAt } from '../../../testing/render';
import { chainSkeleton, skeletonOf } from '../model/traceFixture';
import { TracePage } from './TracePage';

const ID = 'a'.repeat(32);
const SKELETON = `/api/traces/${ID}/skeleton`;

const shop = skeletonOf([
  { id: '00000000000000a0', parent: -1, start: 0, length: 90e6, name: 'POST /checkout', service: 'storefront' },
  { id: '00000000000000a1', parent: 0, start: 1e6, length: 20e6, name: 'GetCart', service: 'cart' },
  { id: '00000000000000a2', parent: 1, start: 2e6, length: 5e6, name: 'HGETALL', service: 'cart' },
  { id: '00000000000000a3', parent: 0, start: 30e6, length: 40e6, name: 'Charge', service: 'payments', status: 2 },
]);

const COMPLETE = { span_count: 4, root_count: 1, received_time_unix_nano: '1764000000000000000', age_nano: 1e12 };

async function open(search = '', skeleton: unknown = shop, more: Record<string, unknown> = {}) {
  const asked = answerFetch({
    [SKELETON]: skeleton,
    [`/api/traces/${ID}/search`]: { span_ids: [], total: 0 },
    [`/api/traces/${ID}/arrival`]: COMPLETE,
    ...more,
  });
  renderAt(`/trace/${ID}${search}`, <TracePage traceId={ID} />);
  await screen.findByRole('heading', { level: 1 });
  return { asked, rows: () => within(screen.getByRole('treegrid', { name: 'Spans' })).getAllByRole('row') };
}

function isTakenCtrlF(): boolean {
  const event = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true });
  document.activeElement!.dispatchEvent(event);
  return event.defaultPrevented;
}

describe('TracePage', () => {
  it('shows the trace as a tree of rows', async () => {
    const { rows } = await open();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('storefrontPOST /checkout');
    expect(document.title).toBe('POST /checkout, storefront - spanhouse');
    expect(rows().map((row) => row.getAttribute('aria-level'))).toEqual(['1', '2', '3', '2']);
    expect(rows()[3]!.textContent).toContain('payments, 40 ms, at 30 ms, error');
  });

  it('folds with the keys of Jaeger and says what is folded in the URL', async () => {
    const { rows } = await open();
    await userEvent.keyboard(']');
    expect(rows()).toHaveLength(1);
    expect(rows()[0]!.getAttribute('aria-expanded')).toBe('false');
    await waitFor(() => expect(window.location.search).toBe('?fold=0'));
    await userEvent.keyboard('o');
    expect(rows()).toHaveLength(3);
    await userEvent.keyboard('[[');
    expect(rows()).toHaveLength(4);
  });

  it('walks through spans and opens the one that failed', async () => {
    const { rows } = await open();
    await userEvent.keyboard('jj');
    expect(rows()[1]!.getAttribute('aria-selected')).toBe('true');
    await userEvent.keyboard('e');
    expect(rows()[3]!.getAttribute('aria-selected')).toBe('true');
    await waitFor(() => expect(window.location.search).toBe('?span=00000000000000a3'));
  });

  it('walks past spans that share an id, and links to the one that is selected', async () => {
    const twice = skeletonOf([
      { id: '00000000000000a0', parent: -1, start: 0, length: 90e6 },
      { id: '00000000000000d1', parent: 0, start: 1e6, length: 20e6, name: 'first' },
      { id: '00000000000000d1', parent: 0, start: 30e6, length: 20e6, name: 'second' },
      { id: '00000000000000a3', parent: 0, start: 60e6, length: 20e6, name: '  ' },
    ]);
    const { rows } = await open('', twice);
    const selected = () => rows().map((row) => row.getAttribute('aria-selected'));
    await userEvent.keyboard('jjj');
    expect(selected()).toEqual(['false', 'false', 'true', 'false']);
    await waitFor(() => expect(window.location.search).toBe('?span=00000000000000d1&nth=1'));
    await userEvent.keyboard('j');
    expect(selected()).toEqual(['false', 'false', 'false', 'true']);
    expect(rows()[3]!.textContent).toContain('unnamed span');
  });

  it('leaves a second Ctrl+F to the browser', async () => {
    await open();
    expect(isTakenCtrlF()).toBe(true);
    expect(document.activeElement).toBe(screen.getByLabelText('Find in this trace'));
    expect(isTakenCtrlF()).toBe(false);
  });

  it('opens as its link says, in the project of the link', async () => {
    const { rows, asked } = await open('?project=shop&span=00000000000000a2&fold=.00000000000000a1');
    expect(rows()).toHaveLength(3);
    expect(asked[0]).toMatchObject({ path: SKELETON, project: 'shop' });
  });

  it('counts matches and steps through them', async () => {
    const { rows } = await open();
    await userEvent.keyboard('/');
    const field = screen.getByRole('textbox', { name: 'Find in this trace' });
    expect(document.activeElement).toBe(field);
    await userEvent.type(field, 'cart');
    await waitFor(() => expect(within(screen.getByRole('search')).getByRole('status').textContent).toBe('2'));
    await userEvent.keyboard('{Enter}');
    expect(rows()[1]!.getAttribute('aria-selected')).toBe('true');
    expect(within(screen.getByRole('search')).getByRole('status').textContent).toBe('1 of 2');
  });

  it('lists its keys', async () => {
    await open();
    await userEvent.keyboard('?');
    expect(within(screen.getByRole('dialog', { name: 'Keys' })).getByText('Critical path')).toBeTruthy();
  });

  it('marks a span whose parent has not arrived and says that the root is missing', async () => {
    const orphan = skeletonOf([{ id: '00000000000000b0', parent: -2, start: 0, length: 5e6 }]);
    await open('', orphan, { [`/api/traces/${ID}/arrival`]: { ...COMPLETE, span_count: 1, root_count: 0 } });
    expect(screen.getByText('parent missing')).toBeTruthy();
    expect(await screen.findByText(/Never ended: the root span was not received/)).toBeTruthy();
  });

  it('says that a trace is in flight, and since when nothing came', async () => {
    const orphan = skeletonOf([{ id: '00000000000000b0', parent: -2, start: 0, length: 5e6 }]);
    const received_time_unix_nano = String(BigInt(Date.now() - 3000) * 1_000_000n);
    await open('', orphan, { [`/api/traces/${ID}/arrival`]: { span_count: 1, root_count: 0, received_time_unix_nano, age_nano: 3e9 } });
    expect((await screen.findByText(/in flight/)).textContent).toBe('in flight: root span not received yet; last span 3 s ago');
  });

  it('shows what each subtree comes to in the tree', async () => {
    const { rows } = await open('?view=tree');
    const cells = (row: number) => within(rows()[row]!).getAllByRole('gridcell').map((cell) => cell.textContent);
    expect(cells(0).slice(1)).toEqual(['30 ms', '90 ms', '4', '1', '']);
    expect(cells(1).slice(1)).toEqual(['15 ms', '20 ms', '2', '', '']);
    expect(cells(3).slice(1)).toEqual(['40 ms', '40 ms', '', '1', 'error']);
  });

  it('keeps selection, folding and zoom from one view to another, all in the URL', async () => {
    const { rows } = await open();
    await userEvent.keyboard('jjp+2');
    expect(screen.getByRole('tab', { name: 'Tree' }).getAttribute('aria-selected')).toBe('true');
    expect(rows()).toHaveLength(3);
    expect(rows()[1]!.getAttribute('aria-selected')).toBe('true');
    await waitFor(() => expect(window.location.search).toMatch(/^\?view=tree&span=00000000000000a1&zoom=\d+-\d+&fold=1$/));
    await userEvent.keyboard('3');
    expect(screen.getByRole('region', { name: 'Flame' })).toBeTruthy();
    await userEvent.keyboard('{ArrowUp}');
    await waitFor(() => expect(window.location.search).toContain('view=flame&span=00000000000000a0'));
  });

  it('puts log records between the rows, and shows the one that is selected', async () => {
    const record = {
      time_unix_nano: '1764000000003000000', start: 3e6, span_id: '00000000000000a1', severity: 'WARN', severity_number: 13, event_name: '',
      service: 'cart', body: { text: 'cache is cold\nsecond line', truncated: null }, body_type: 'string', attributes: [],
    }; // prettier-ignore
    const { rows } = await open('', shop, { [`/api/traces/${ID}/logs`]: { logs: [record], shown: 1, total: 1 } });
    await userEvent.keyboard('l');
    await waitFor(() => expect(rows()).toHaveLength(5));
    expect(rows()[3]!.textContent).toContain('WARNcache is cold');
    await userEvent.keyboard('jjjj');
    expect(rows()[3]!.getAttribute('aria-selected')).toBe('true');
    expect(within(screen.getByRole('complementary', { name: 'Log details' })).getByText(/second line/)).toBeTruthy();
    await waitFor(() => expect(window.location.search).toBe('?span=00000000000000a1&logs=1&log=1764000000003000000'));
  });

  it('leads from one tool call to the next', async () => {
    const agent = skeletonOf([
      { id: '00000000000000a0', parent: -1, start: 0, length: 90e6, operation: 'invoke_agent' },
      { id: '00000000000000a1', parent: 0, start: 1e6, length: 20e6, operation: 'execute_tool' },
      { id: '00000000000000a2', parent: 0, start: 30e6, length: 5e6, operation: 'chat' },
      { id: '00000000000000a3', parent: 0, start: 40e6, length: 5e6, operation: 'execute_tool' },
    ]);
    const { rows } = await open('?tab=attributes', agent);
    const selected = () => rows().findIndex((row) => row.getAttribute('aria-selected') === 'true');
    await userEvent.keyboard('t');
    expect(selected()).toBe(1);
    await userEvent.keyboard('t');
    expect(selected()).toBe(3);
    await userEvent.keyboard('{Shift>}T{/Shift}');
    expect(selected()).toBe(1);
    await waitFor(() => expect(window.location.search).toBe('?span=00000000000000a1'));
  });

  it('steps through what the wall clock was spent on', async () => {
    const path = {
      trace_id: ID, span_id: '', start_time_unix_nano: '1764000000000000000', duration_nano: 90e6, span_count: 4, shown_span_count: 4,
      attribution: [{ category: 'own', duration_nano: 50e6 }, { category: 'client', duration_nano: 40e6 }],
      spans: { index: [0, 3], span_id: ['00000000000000a0', '00000000000000a3'], duration: [50e6, 40e6] },
      segments: { span: [0, 1, 0], start: [0, 30e6, 70e6], duration: [30e6, 40e6, 20e6], category: [0, 1, 0] },
    }; // prettier-ignore
    const { rows } = await open('', shop, { [`/api/traces/${ID}/critical-path`]: path });
    const own = await screen.findByRole('button', { name: /own code/ });
    expect(own.textContent).toContain('own code 50 ms56 %');
    await userEvent.click(own);
    expect(own.textContent).toContain('1 of 2');
    expect(rows()[0]!.getAttribute('aria-selected')).toBe('true');
    await userEvent.click(screen.getByRole('button', { name: /remote call/ }));
    expect(rows()[3]!.getAttribute('aria-selected')).toBe('true');
    await waitFor(() => expect(window.location.search).toBe('?span=00000000000000a3&critical=1'));
  });

  it('offers to cut quiet stretches out, and leaves durations as they are', async () => {
    const paused = skeletonOf([
      { id: '00000000000000a0', parent: -1, start: 0, length: 40e9 },
      { id: '00000000000000a1', parent: 0, start: 0, length: 2e9 },
      { id: '00000000000000a2', parent: 0, start: 38e9, length: 2e9 },
    ]);
    const { rows } = await open('', paused);
    await userEvent.click(screen.getByRole('button', { name: '36 s, 90 % quiet: cut out?' }));
    expect(screen.getByTitle(/^36 s cut out/)).toBeTruthy();
    expect(rows().map((row) => row.textContent!.match(/[\d.]+ s/)![0])).toEqual(['40 s', '2 s', '2 s']);
    await waitFor(() => expect(window.location.search).toBe('?gaps=cut'));
    await userEvent.keyboard('x');
    expect(screen.queryByTitle(/^36 s cut out/)).toBeNull();
  });

  it('says how many spans it does not show', async () => {
    await open('', { ...shop, span_count: 120_000 });
    expect(screen.getByText('Showing 4 of 120,000 spans.')).toBeTruthy();
  });

  it('makes rows only for what is on screen', async () => {
    const { rows } = await open('', chainSkeleton(20_000));
    expect(rows().length).toBeLessThan(30);
    expect(screen.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('20000');
  });

  it('shows what the API says about a trace it does not have', async () => {
    answerFetch({});
    renderAt(`/trace/${ID}`, <TracePage traceId={ID} />);
    expect((await screen.findByRole('alert')).textContent).toContain(`nothing at ${SKELETON}`);
  });
});
