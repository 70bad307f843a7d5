import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { IngestPage } from './IngestPage';

const sender = {
  project: 'default',
  signal: 'traces',
  sender: 'storefront',
  received: 1100,
  stored: 1000,
  rejected: 70,
  deduplicated: 30,
  requests: 12,
  reasons: [{ reason: 'span_id has 7 bytes', count: 70 }],
  last_time_unix_nano: '1764000000000000000',
};

it('says per sender whether what was received is accounted for, and why not all was stored', async () => {
  answerFetch({ '/api/ingest': { senders: [sender, { ...sender, signal: 'logs', stored: 900, reasons: [] }] } });
  renderAt('/ingest', <IngestPage />);
  const [traces, logs] = (await screen.findAllByRole('heading', { level: 2 })).map((title) => title.closest('li')!);
  expect(within(traces!).getAllByRole('definition').map((term) => term.textContent)).toEqual(['1,100', '1,000', '70', '30']);
  expect(within(traces!).getByText('balanced')).toBeTruthy();
  expect(within(traces!).getByRole('list', { name: 'Reasons' }).textContent).toBe('70span_id has 7 bytes');
  expect(within(logs!).getByText('100 not accounted for yet')).toBeTruthy();
});

it('says that nothing has been received', async () => {
  answerFetch({ '/api/ingest': { senders: [] } });
  renderAt('/ingest', <IngestPage />);
  expect(await screen.findByRole('heading', { name: 'Nothing has been received' })).toBeTruthy();
});
