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
  models: [],
  ...more,
});

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
    const asked = open('?project=shop&service=cart&min=250ms&attribute=user%3D7&sort=-duration', page([trace('a')]));
    await screen.findAllByRole('link');
    const question = asked.find(({ path }) => path.startsWith('/api/traces?'))!;
    const params = new URLSearchParams(question.path.split('?')[1]);
    expect(question.project).toBe('shop');
    expect(Object.fromEntries(params)).toMatchObject({
      service: 'cart',
      min_duration: '250000000',
      attribute: 'user=7',
      sort: '-duration',
    });
  });

  it('writes filters and sort to the URL', async () => {
    open('', page([trace('a')]));
    await userEvent.click(await screen.findByRole('button', { name: 'Duration' }));
    expect(window.location.search).toBe('?sort=-duration');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'error');
    expect(window.location.search).toBe('?sort=-duration&status=error');
    await userEvent.type(screen.getByRole('textbox', { name: 'Shortest duration' }), '2s{Enter}');
    expect(new URLSearchParams(window.location.search).get('min')).toBe('2s');
  });

  it('does not take a duration that it cannot read', async () => {
    open('', page([trace('a')]));
    const field = screen.getByRole('textbox', { name: 'Shortest duration' });
    await userEvent.type(field, 'soon{Enter}');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(window.location.search).toBe('');
  });

  it('turns what is typed into an attribute chip, and takes it away again', async () => {
    open('', page([trace('a')]));
    await userEvent.type(screen.getByRole('combobox', { name: 'Add an attribute filter' }), 'user.id=a=b{Enter}');
    expect(new URLSearchParams(window.location.search).getAll('attribute')).toEqual(['user.id=a=b']);
    await userEvent.click(screen.getByRole('button', { name: 'Remove user.id = a=b' }));
    expect(window.location.search).toBe('');
  });

  it('offers a wider window when nothing matches', async () => {
    open('?service=nobody', page([]));
    await userEvent.click(await screen.findByRole('button', { name: 'Last 24h' }));
    expect(window.location.search).toBe('?service=nobody&last=24h');
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
