import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { MetricsPage } from './MetricsPage';

const metric = (name: string, kind: string, more: object = {}) => ({
  name, kind, unit: 's', description: `what ${name} is`, temporality: ['cumulative'], is_monotonic: false, aggregations: ['p95', 'p50', 'avg'],
  series_count: 2, point_count: 10, last_time_unix_nano: '1764000000000000000', ...more,
});
const metrics = [metric('http.server.duration', 'histogram'), metric('shop.requests', 'sum', { unit: '{request}', is_monotonic: true, aggregations: ['rate', 'increase'] })];
const values = {
  name: 'http.server.duration', kind: 'histogram', unit: 's', aggregation: 'p95', group_by: ['http.route'],
  start_time_unix_nano: '1764000000000000000', end_time_unix_nano: '1764000120000000000', step_nano: 60e9,
  series: [
    { labels: { 'http.route': '/a' }, values: [0.25, 0.5] },
    { labels: { 'http.route': '/b' }, values: [null, 0.1] },
  ],
  total: 7, exemplars: [], exemplar_total: 0,
};
const answers = { '/api/metrics': { metrics, total: 2 }, '/api/metrics/query': values };

it('lists metrics, narrows them by what is typed, and asks for the chosen one', async () => {
  const asked = answerFetch(answers);
  renderAt('/metrics?last=6h', <MetricsPage />);
  const list = await screen.findByRole('navigation', { name: 'Metrics' });
  await within(list).findByText('shop.requests');
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search metrics' }), 'counter');
  expect(within(list).getByText('Showing 1 of 2 metrics')).toBeTruthy();
  await userEvent.click(within(list).getByRole('button', { name: /shop.requests/ }));
  expect(window.location.search).toBe('?metric=shop.requests&last=6h');
  expect(asked.some(({ path }) => path.startsWith('/api/metrics/query?') && path.includes('name=shop.requests'))).toBe(true);
});

it('says how many series there are, and hides and isolates them', async () => {
  answerFetch(answers);
  renderAt('/metrics?metric=http.server.duration&by=http.route', <MetricsPage />);
  const table = await screen.findByRole('table', { name: 'Series' });
  expect(screen.getByText(/those with the largest values/).textContent).toBe('Showing 2 of 7 series, those with the largest values');
  const row = within(table).getByRole('row', { name: /\/a/ });
  expect(within(row).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['500 ms', '250 ms', '375 ms', '500 ms', 'Only']);
  await userEvent.click(within(table).getByRole('button', { name: 'Only /a' }));
  expect(within(table).getByRole('button', { name: '/b' }).getAttribute('aria-pressed')).toBe('false');
  await userEvent.click(within(table).getByRole('button', { name: '/b' }));
  expect(within(table).getByRole('button', { name: '/b' }).getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByRole('link', { name: 'Open in SQL' }).getAttribute('href')).toContain('otel_metrics_histogram');
});

it('writes aggregation and groups to the address', async () => {
  answerFetch(answers);
  renderAt('/metrics?metric=http.server.duration&by=http.route', <MetricsPage />);
  await screen.findByRole('option', { name: 'avg' });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Aggregation' }), 'avg');
  await userEvent.click(screen.getByRole('button', { name: 'Do not group by http.route' }));
  expect(window.location.search).toBe('?metric=http.server.duration&aggregation=avg');
});

it('tells how to send metrics where there are none', async () => {
  answerFetch({ '/api/metrics': { metrics: [], total: 0 } });
  renderAt('/metrics?project=new', <MetricsPage />);
  expect(await screen.findByRole('heading', { name: 'No metrics in this window' })).toBeTruthy();
  expect(screen.getByText(/x-spanhouse-project/)).toBeTruthy();
});
