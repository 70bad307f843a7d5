import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { LogsPage } from './LogsPage';

const record = (id: string, more: object = {}) => ({
  log_id: `17-${id.repeat(32)}`,
  time_unix_nano: '1764000000123000000',
  received_time_unix_nano: '1764000001000000000',
  severity: 'INFO',
  severity_number: 9,
  event_name: '',
  service: 'checkout',
  scope: 'shop',
  body: `body ${id}`,
  body_type: 'string',
  body_length: 6,
  trace_id: 'a'.repeat(32),
  span_id: 'b'.repeat(16),
  attributes: [{ key: 'order', type: 'int', value: '7741' }],
  resource_attributes: [],
  ...more,
});

const page = (logs: object[], total = logs.length) => ({ logs, total, total_is_exact: true, next_cursor: null });

const SERVER = {
  '/api/logs/histogram': {
    bucket_nano: 60e9,
    buckets: [{ start_time_unix_nano: '1764000000000000000', none: 0, trace: 0, debug: 0, info: 2, warn: 0, error: 1, fatal: 0 }],
  },
  '/api/logs/facets': {
    facets: [{ name: 'severity', scope: null, distinct: 12, values: [{ value: 'INFO', type: 'string', count: 2 }] }],
  },
  '/api/search/complete': { offset: 0, length: 0, completions: [] },
  '/api/search/narrow': { query: 'severity = INFO' },
  '/api/version': { version: '0.1.0', endpoints: { otlp_http: 'http://127.0.0.1:4999' } },
};

class Watcher {
  observe() {}
  disconnect() {}
}

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', Watcher);
  Element.prototype.scrollIntoView = () => undefined;
});

function open(search: string, answers: object) {
  const asked = answerFetch({ ...SERVER, ...answers });
  renderAt(`/logs${search}`, <LogsPage />);
  return asked;
}

describe('LogsPage', () => {
  it('lists records and says how many there are in all', async () => {
    const asked = open('?query=card&project=shop', { '/api/logs': page([record('1'), record('2', { severity: 'ERROR', severity_number: 17 })], 57) });
    expect((await screen.findByText(/Showing/)).textContent).toBe('Showing 2 of 57 records');
    const items = screen.getAllByRole('listitem').filter((item) => 'severity' in item.dataset);
    expect(items.map((item) => item.dataset.severity)).toEqual(['info', 'error']);
    const question = asked.find(({ path }) => path.startsWith('/api/logs?'))!;
    expect(new URLSearchParams(question.path.split('?')[1]).get('query')).toBe('card');
    expect(question.project).toBe('shop');
    expect(screen.getByRole('img', { name: '3 log records over time, by severity' })).toBeDefined();
  });

  it('goes from record to record and opens one by keyboard, with the way to its span', async () => {
    open('', { '/api/logs': page([record('1'), record('2')]) });
    await screen.findByText('body 2');
    await userEvent.keyboard('jj{Enter}');
    expect(new URLSearchParams(window.location.search).get('log')).toBe(`17-${'2'.repeat(32)}`);
    const link = screen.getByRole('link', { name: 'Open in its trace' });
    expect(link.getAttribute('href')).toBe(`/trace/${'a'.repeat(32)}?span=${'b'.repeat(16)}&log=17-${'2'.repeat(32)}`);
    expect(screen.getByText('7741')).toBeDefined();
  });

  it('reads the whole of a long body when it is opened', async () => {
    const cut = record('1', { body: 'begins', body_length: 9000 });
    open('', { '/api/logs': page([cut]), [`/api/logs/${cut.log_id}`]: { ...cut, body: 'begins and goes on' } });
    await userEvent.click(await screen.findByText('begins'));
    expect(await screen.findByText('begins and goes on')).toBeDefined();
  });

  it('searches for a value of a facet, and says how many more there are', async () => {
    const asked = open('', { '/api/logs': page([record('1')]) });
    const facets = screen.getByRole('complementary', { name: 'Values of these records' });
    expect(await within(facets).findByText('11 more values')).toBeDefined();
    await userEvent.click(within(facets).getByRole('button', { name: /INFO\s*2/ }));
    await waitFor(() => expect(new URLSearchParams(window.location.search).get('query')).toBe('severity = INFO'));
    expect(asked.some(({ path }) => path.includes('/api/search/narrow?signal=logs') && path.includes('field=severity'))).toBe(true);
  });

  it('shows what arrives on top of the list while it is live', async () => {
    const listed = record('1');
    const tail = { logs: [record('3', { body: 'just came' }), listed], total: 2, since_time_unix_nano: '9' };
    open('?live=1', { '/api/logs': page([listed]), '/api/logs/tail': tail });
    await screen.findByText('just came');
    expect(screen.getByText(/Showing/).textContent).toBe('Showing 2 of 2 records');
  });

  it('tells a project without logs how to send them', async () => {
    open('', { '/api/logs': page([]) });
    await screen.findByRole('heading', { name: 'Waiting for the first log record' });
    await waitFor(() => expect(document.body.textContent).toContain('curl http://127.0.0.1:4999/v1/logs'));
  });

  it('offers a wider window when nothing matches', async () => {
    open('?query=nobody', { '/api/logs': page([]) });
    await userEvent.click(await screen.findByRole('button', { name: 'Last 7d' }));
    expect(window.location.search).toBe('?query=nobody&last=7d');
  });
});
