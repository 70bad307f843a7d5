import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { CompareWith } from './CompareWith';

const THIS = '0a'.repeat(16);
const OTHER = '0b'.repeat(16);
const PASTED = '0c'.repeat(16);

const trace = (id: string) => ({
  trace_id: id, start_time_unix_nano: '1764000000000000000', duration_nano: 1e9, root_name: 'run "a"', root_service: 's',
  span_count: 3, error_count: 1, services: ['s'], input_tokens: 0, output_tokens: 0, models: [], cost: null,
}); // prettier-ignore

async function open() {
  const asked = answerFetch({ '/api/traces': { traces: [trace(THIS), trace(OTHER)], total: 2, total_is_exact: true, next_cursor: null } });
  renderAt(`/trace/${THIS}?project=shop`, <CompareWith traceId={THIS} name={'run "a"'} service="s" />);
  await userEvent.click(screen.getByRole('button', { name: 'Compare with another trace' }));
  return asked;
}

it('offers other traces of the same root, and compares the chosen one with this', async () => {
  const asked = await open();
  const option = await screen.findByRole('option');
  expect(option.textContent).toMatch(/^0b0b0b0b.*1 s3 spans1 error$/);
  const query = new URLSearchParams(asked[0]!.path.split('?')[1]).get('query');
  expect(query).toBe('trace.root_name = "run \\"a\\"" and trace.root_service = "s"');
  await userEvent.keyboard('{Enter}');
  expect(window.location.pathname + window.location.search).toBe(`/compare?left=${OTHER}&right=${THIS}&project=shop`);
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('takes a pasted id or address, but not that of this trace', async () => {
  await open();
  await userEvent.paste(THIS);
  await userEvent.keyboard('{Enter}');
  expect(screen.getByText('That is this trace.')).toBeTruthy();
  await userEvent.clear(screen.getByRole('combobox'));
  await userEvent.paste(`http://127.0.0.1/trace/${PASTED}`);
  await userEvent.keyboard('{Enter}');
  expect(window.location.search).toBe(`?left=${PASTED}&right=${THIS}&project=shop`);
});
