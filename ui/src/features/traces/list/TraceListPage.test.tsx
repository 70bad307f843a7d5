import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answerFetch } from '../../../testing/fetch';
import { renderAt } from '../../../testing/render';
import { TraceListPage } from './TraceListPage';

const SERVER = {
  '/api/version': {
    version: '0.1.0',
    clickhouse: '26.9',
    store: 'embedded',
    endpoints: { otlp_grpc: '127.0.0.1:4317', otlp_http: 'http://127.0.0.1:4999' },
  },
  '/api/projects': { projects: [{ name: 'default', span_count: 9 }] },
  '/api/services': { services: [{ name: 'storefront', span_count: 12, error_count: 0 }] },
  '/api/search/narrow': { query: 'cart and service = storefront' },
  '/api/search/complete': { offset: 0, length: 0, completions: [] },
  '/api/traces/histogram': { bucket_nano: 45e9, buckets: [] },
};

const trace = (id: string, more: object = {}) => ({
  trace_id: id.repeat(32),
  start_time_unix_nano: '1764000000000000000',
  duration_nano: 12_345_678,
  root_name: 'GET /cart',
  root_service: 'storefront',
  span_count: 1234,
  error_count: 0,
  services: ['storefront', 'cart'],
  input_tokens: 0,
  output_tokens: 0,
  cost: null,
  unpriced_models: [],
  models: [],
  ...more,
});

const SPAN = {
  trace_id: 'a'.repeat(32),
  span_id: 'b'.repeat(16),
  parent_span_id: '',
  name: 'charge card',
  kind: 'CLIENT',
  service: 'pay',
  start_time_unix_nano: '1764000000000000000',
  duration_nano: 80_000_000,
  status: 'ERROR',
};

const page = (traces: object[], total = traces.length) => ({
  traces,
  total,
  total_is_exact: true,
  next_cursor: null,
  start_time_unix_nano: '0',
  end_time_unix_nano: '1',
});

function open(search: string, traces: unknown) {
  const asked = answerFetch({ ...SERVER, '/api/traces': traces });
  renderAt(`/${search}`, <TraceListPage />);
  return asked;
}

describe('TraceListPage', () => {
  it('lists traces and says how many there are in all', async () => {
    open('', page([trace('a', { error_count: 2 }), trace('b', { root_name: '', root_service: '' })], 57));
    await screen.findAllByRole('link');
    const [, first, second] = screen.getAllByRole('row');
    const cells = within(first!).getAllByRole('cell').map((cell) => cell.textContent);
    expect(cells.slice(2, 5)).toEqual(['12.3 ms', '1,234', '2']);
    expect(within(first!).getByRole('link').getAttribute('href')).toBe(`/trace/${'a'.repeat(32)}`);
    expect(second!.textContent).toContain('root span not arrived');
    expect(screen.getByText(/Showing/).textContent).toBe('Showing 2 of 57 traces');
  });

  it('asks what its URL says', async () => {
    const asked = open('?project=shop&query=service+%3D+cart+and+duration+%3E+250ms&sort=-duration', page([trace('a')]));
    await screen.findAllByRole('link');
    const question = asked.find(({ path }) => path.startsWith('/api/traces?'))!;
    const params = new URLSearchParams(question.path.split('?')[1]);
    expect(question.project).toBe('shop');
    expect(Object.fromEntries(params)).toMatchObject({ query: 'service = cart and duration > 250ms', sort: '-duration' });
  });

  it('writes the search and the sort to the URL', async () => {
    open('', page([trace('a')]));
    await userEvent.click(await screen.findByRole('button', { name: 'Duration' }));
    expect(window.location.search).toBe('?sort=-duration');
    await userEvent.type(screen.getByRole('combobox', { name: 'Search' }), 'status = error{Enter}');
    expect(new URLSearchParams(window.location.search).get('query')).toBe('status = error');
  });

  it('writes a picked service into the search, as the server says it', async () => {
    const asked = open('?query=cart', page([trace('a')]));
    await userEvent.type(screen.getByRole('combobox', { name: 'Service' }), 'storefront{Enter}');
    await waitFor(() => expect(new URLSearchParams(window.location.search).get('query')).toBe('cart and service = storefront'));
    const narrow = asked.find(({ path }) => path.startsWith('/api/search/narrow?'))!;
    expect(Object.fromEntries(new URLSearchParams(narrow.path.split('?')[1]))).toEqual({
      signal: 'spans',
      query: 'cart',
      field: 'service',
      value: 'storefront',
      replaces: 'true',
    });
  });

  it('lists spans, each a link to its place in its trace', async () => {
    answerFetch({ ...SERVER, '/api/spans': { spans: [SPAN], total: 3, total_is_exact: true, next_cursor: null } });
    renderAt('/?view=spans', <TraceListPage />);
    const row = await screen.findByRole('link', { name: /charge card/ });
    expect(row.getAttribute('href')).toBe(`/trace/${'a'.repeat(32)}?span=${'b'.repeat(16)}`);
    expect(screen.getByText(/Showing/).textContent).toBe('Showing 1 of 3 spans');
  });

  it('offers a wider window when nothing matches', async () => {
    open('?query=service+%3D+nobody', page([]));
    await userEvent.click(await screen.findByRole('button', { name: 'Last 24h' }));
    expect(window.location.search).toBe('?query=service+%3D+nobody&last=24h');
  });

  it('tells an empty project what to paste, with the endpoint of this server', async () => {
    answerFetch({ ...SERVER, '/api/projects': { projects: [] }, '/api/traces': page([]) });
    renderAt('/', <TraceListPage />);
    await screen.findByRole('heading', { name: 'Waiting for the first trace' });
    screen.getByRole('tab', { name: 'Demo' }).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(screen.getByRole('tabpanel').textContent).toContain('curl http://127.0.0.1:4999/v1/traces'));
  });

  it('shows what the API says about a question it refuses', async () => {
    open('', undefined);
    expect((await screen.findByRole('alert')).textContent).toContain('nothing at /api/traces?');
  });
});
