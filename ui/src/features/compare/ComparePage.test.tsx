import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { ComparePage } from './ComparePage';

const LEFT = '0a'.repeat(16);
const RIGHT = '0b'.repeat(16);
const AT = `/compare?left=${LEFT}&right=${RIGHT}`;

const trace = (id: string, more: object = {}) => ({
  trace_id: id, start_time_unix_nano: '1764000000000000000', duration_nano: 50e6, span_count: 3, shown_span_count: 3,
  error_count: 0, model_calls: 1, input_tokens: 100, output_tokens: 5, cost: 0.002, ...more,
}); // prettier-ignore

const step = (id: string, name: string, more: object = {}) => ({
  span_id: id.repeat(16), parent_span_id: '', name, service: 'agent', operation: '', model: '', agent: '', tool: '', start: 0,
  duration: 10e6, status: 'UNSET', input_tokens: 0, output_tokens: 0, cost: null, ...more,
}); // prettier-ignore

const pair = (match: string, depth: number, left: object | null, right: object | null, more: object = {}) => ({
  depth, match, left, right, duration_difference: 0, input_tokens_difference: 0, output_tokens_difference: 0,
  cost_difference: null, differences: [], content: null, folded: 0, ...more,
}); // prettier-ignore

const CONTENT = {
  messages: [
    { change: 'changed', place: 'system', role: 'system', index: 0,
      text: { text: '@@ -1 +1 @@\n-be very brief\n+be very polite', truncated: null } },
  ],
  equal_messages: 2,
  tools: [{ change: 'added', name: 'refund', diff: null }],
  parameters: [{ key: 'gen_ai.request.temperature', left: '0.2', right: '0.9' }],
}; // prettier-ignore

const COMPARISON = {
  left: trace(LEFT),
  right: trace(RIGHT, { duration_nano: 90e6, error_count: 1, cost: null }),
  same: 1, changed: 1, moved: 0, left_only: 1, right_only: 0,
  alignment: { sibling_lists: 1, by_occurrence: 0, contents_compared: 2, contents: 2 },
  steps: [
    pair('same', 0, step('1', 'run'), step('2', 'run')),
    pair('changed', 1, step('3', 'chat', { operation: 'chat', model: 'm-1' }),
      step('4', 'chat', { operation: 'chat', model: 'm-2', status: 'ERROR', duration: 30e6 }),
      { duration_difference: 20e6, input_tokens_difference: 40, content: CONTENT,
        differences: [{ key: 'model', left: 'm-1', right: 'm-2' }] }),
    pair('left_only', 1, step('5', 'lookup'), null, { folded: 12 }),
  ],
  step_count: 3,
}; // prettier-ignore

function open(address = AT, comparison: unknown = COMPARISON) {
  const asked = answerFetch({ '/api/traces/compare': comparison });
  renderAt(address, <ComparePage />);
  return asked;
}

const rows = () => screen.getAllByRole('row').filter((row) => row.hasAttribute('data-match'));
const cellsOf = (row: HTMLElement) => within(row).getAllByRole('cell').map((cell) => cell.textContent);
const search = () => new URLSearchParams(window.location.search);

describe('ComparePage', () => {
  it('tells of each step how long both took and in what they differ', async () => {
    open();
    await screen.findByRole('table', { name: 'Steps' });
    const [run, chat, lookup] = rows().map(cellsOf);
    expect(run!.slice(2, 5)).toEqual(['10 ms', '10 ms', '=']);
    expect(chat!.slice(2, 5)).toEqual(['10 ms', '30 ms', '+20 ms']);
    expect(chat!.at(-1)).toMatch(/fails now.*model m-1.*m-2.*1 message.*tools: 1 added.*temperature/);
    expect(lookup![0]).toBe('only leftlookupand 12 steps below');
    expect(lookup!.slice(2, 5)).toEqual(['10 ms', '', '']);
  });

  it('sums up both traces, and says when a cost is not known', async () => {
    open();
    const totals = within((await screen.findAllByRole('table'))[0]!).getAllByRole('row');
    expect(totals.slice(1, 4).map((row) => within(row).getAllByRole('cell').map((cell) => cell.textContent))).toEqual([
      ['50 ms', '100', '5', '$0.0020', '1', '3', '0'],
      ['90 ms', '100', '5', 'not known', '1', '3', '1'],
      ['+40 ms+80 %', '=', '=', '', '=', '=', '+1'],
    ]);
  });

  it('opens the next difference by keys, with its words, and remembers it in the URL', async () => {
    open();
    await screen.findByRole('table', { name: 'Steps' });
    await userEvent.keyboard('n{Enter}');
    const block = await screen.findByRole('heading', { name: /System instructions/ });
    const words = [...block.parentElement!.querySelectorAll('mark')].map((mark) => mark.textContent);
    expect(words).toEqual(['brief', 'polite']);
    expect(screen.getByText('refund').parentElement!.textContent).toBe('+ refund added');
    await waitFor(() => expect(search().get('step')).toBe(`${'3'.repeat(16)}-${'4'.repeat(16)}`));
    expect(search().get('open')).toBe('1');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('heading', { name: /System instructions/ })).toBeNull();
  });

  it('shows only differences, with what is above them, and counts what is left', async () => {
    open();
    await userEvent.click(await screen.findByRole('button', { name: 'Differences' }));
    expect(screen.getByRole('status').textContent).toContain('2 of 3 steps');
    expect(rows().map((row) => row.dataset.match)).toEqual(['same', 'changed', 'left_only']);
    await userEvent.keyboard('e');
    expect(rows().map((row) => row.dataset.match)).toEqual(['same', 'changed']);
    await waitFor(() => expect(search().get('only')).toBe('differences,errors'));
  });

  it('swaps the sides', async () => {
    const asked = open();
    await screen.findByRole('table', { name: 'Steps' });
    await userEvent.keyboard('s');
    await waitFor(() => expect(search().get('left')).toBe(RIGHT));
    expect(asked.at(-1)!.path).toContain(`left=${RIGHT}&right=${LEFT}`);
  });

  it('says what is not compared', async () => {
    open(AT, {
      ...COMPARISON,
      step_count: 20_000,
      left: trace(LEFT, { span_count: 200_000, shown_span_count: 100_000 }),
      alignment: { sibling_lists: 9, by_occurrence: 1, contents_compared: 600, contents: 900 },
    });
    const note = await screen.findByText(/differ most/);
    expect(note.textContent).toBe(
      'Of the left trace 100,000 of 200,000 spans are compared. Listed are the 3 of 20,000 steps that differ most. ' +
        'Texts were compared in 600 of 900 GenAI steps. 1 list of children was too long to be aligned by order; ' +
        'their steps are matched by the nth occurrence.',
    );
  });

  it('asks for the traces when it has none, and takes the address of one', async () => {
    const asked = open('/compare');
    await userEvent.click(screen.getByLabelText('Left trace'));
    await userEvent.paste(`http://127.0.0.1:7070/trace/${LEFT}`);
    await userEvent.click(screen.getByLabelText('Right trace'));
    await userEvent.paste(RIGHT);
    await screen.findByRole('table', { name: 'Steps' });
    expect(asked[0]!.path).toContain(`left=${LEFT}&right=${RIGHT}`);
  });
});
