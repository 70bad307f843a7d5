import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { ServiceMapPage } from './ServiceMapPage';

const node = (kind: string, name: string, errors: number) => ({
  id: `${kind} ${name}`, name, kind, request_count: 100, error_count: errors, requests_per_second: 2, p50_nano: 1e6, p95_nano: 5e6,
});
const map = {
  nodes: [node('service', 'web', 0), node('database', 'postgresql shop', 25)],
  calls: [{ caller: 'service web', callee: 'database postgresql shop', kind: 'database', call_count: 100, error_count: 25, calls_per_second: 2, p50_nano: 1e6, p95_nano: 5e6 }],
  node_total: 2, call_total: 1, span_count: 4_000_000, sampled_one_in: 4, start_time_unix_nano: '0', end_time_unix_nano: '1',
};

it('shows what a service calls, leads to its traces, and says what was counted', async () => {
  answerFetch({ '/api/service-map': map });
  renderAt('/map?last=6h', <ServiceMapPage />);
  const picture = await screen.findByRole('region', { name: 'Service map' });
  expect(screen.getByRole('status').textContent).toContain('counted in one trace of 4 and multiplied');
  expect(within(picture).getByRole('button', { name: /postgresql shop/ }).textContent).toContain('25% errors');
  await userEvent.click(within(picture).getByRole('button', { name: /web/ }));
  expect(new URLSearchParams(window.location.search).get('node')).toBe('service web');
  expect(within(await screen.findByRole('table', { name: 'Calls' })).getByRole('cell', { name: 'postgresql shop' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Traces with errors' }).getAttribute('href')).toBe('/?query=service+%3D+%22web%22+and+status+%3D+error&last=6h');
});

it('says that there is nothing', async () => {
  answerFetch({ '/api/service-map': { ...map, nodes: [], calls: [] } });
  renderAt('/map', <ServiceMapPage />);
  expect(await screen.findByRole('heading', { name: 'No services in this window' })).toBeTruthy();
});
