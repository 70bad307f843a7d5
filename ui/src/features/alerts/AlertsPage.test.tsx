import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { AlertsPage } from './AlertsPage';

const rule = {
  sql: 'SELECT 7', condition: { operator: '>', threshold: 5 }, for_seconds: 0, every_seconds: 60, severity: 'critical',
  channels: [{ kind: 'webhook', url: 'https://example.com/hook' }], is_enabled: true, silenced_until_time_unix_nano: '0',
};
const alert = {
  id: 'load', name: 'Load', rule, problem: '', state: 'firing', since_time_unix_nano: '1764000000000000000', incident: 'load-1', value: '7',
  message: '7 is > 5', is_silenced: false, updated_time_unix_nano: '1764000000000000000',
};
const events = {
  events: [{ kind: 'notification', time_unix_nano: '1764000000000000000', alert_id: 'load', state: 'firing', incident: 'load-1', value: '', channel: 'https://example.com/hook', outcome: 'failed', message: 'the receiver answered 503: busy' }],
  is_complete: true,
};

it('shows what fires, what was told, and what the SQL finds now', async () => {
  answerFetch({ '/api/alerts': { alerts: [alert] }, '/api/alerts/events': events, 'POST /api/alerts/preview': { kind: 'not met', value: '1', message: '1 is not > 5' } });
  renderAt('/alerts', <AlertsPage />);
  await userEvent.click(await screen.findByRole('button', { name: /Load/ }));
  expect(window.location.search).toBe('?id=load');
  expect((await screen.findByRole('region', { name: 'History' })).textContent).toContain('https://example.com/hook: failed, the receiver answered 503: busy');
  await userEvent.click(screen.getByRole('button', { name: 'Try the SQL' }));
  expect(await screen.findByText('not met: 1 is not > 5')).toBeTruthy();
  expect(within(screen.getByRole('list', { name: 'Alerts' })).getByText('7 is > 5')).toBeTruthy();
});

it('says what an alert is where there is none', async () => {
  answerFetch({ '/api/alerts': { alerts: [] } });
  renderAt('/alerts', <AlertsPage />);
  expect(await screen.findByRole('heading', { name: 'No alerts yet' })).toBeTruthy();
});
