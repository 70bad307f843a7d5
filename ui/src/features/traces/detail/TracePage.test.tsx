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

async function open(search = '', skeleton: unknown = shop) {
  const asked = answerFetch({ [SKELETON]: skeleton, [`/api/traces/${ID}/search`]: { span_ids: [], total: 0 } });
  renderAt(`/trace/${ID}${search}`, <TracePage traceId={ID} />);
  const grid = await screen.findByRole('treegrid', { name: 'Spans' });
  return { asked, grid, rows: () => within(grid).getAllByRole('row') };
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
    expect(asked[0]).toEqual({ path: SKELETON, project: 'shop' });
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
    await open('', orphan);
    expect(screen.getByText('parent missing')).toBeTruthy();
    expect(screen.getByText(/root span never arrived/)).toBeTruthy();
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
