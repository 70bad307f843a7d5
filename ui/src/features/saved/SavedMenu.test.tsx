import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { SavedDocument } from '../../api/types';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { placeOf } from './model';
import { SavedMenu } from './SavedMenu';

const VIEW: SavedDocument = { id: 'v', kind: 'view', name: 'Slow carts', body: { path: '/', search: 'query=cart' }, updated_time_unix_nano: '1' };
const TRACE = 'a'.repeat(32);
const MARK: SavedDocument = { id: `trace-${TRACE}`, kind: 'bookmark', name: 'GET /cart', body: { trace_id: TRACE, span_id: null, note: 'the odd one' }, updated_time_unix_nano: '2' };

it('goes to what was saved by a key and some letters, in the same project', async () => {
  const user = userEvent.setup();
  answerFetch({ '/api/documents/view': { documents: [VIEW] }, '/api/documents/bookmark': { documents: [MARK] } });
  renderAt('/ingest?project=shop', <SavedMenu />);
  await user.keyboard('B');
  await screen.findByText('Slow carts');
  expect(screen.getByDisplayValue('the odd one')).toBeTruthy();
  await user.keyboard('carts{Enter}');
  expect(window.location.pathname + window.location.search).toBe('/?query=cart&project=shop');
});

it('saves the page with what its address says, but for the project', async () => {
  const user = userEvent.setup();
  const asked = answerFetch({ '/api/documents/view': { documents: [VIEW] }, '/api/documents/bookmark': { documents: [] } });
  renderAt('/logs?query=error&project=shop', <SavedMenu />);
  await user.keyboard('B');
  await screen.findByText('Slow carts');
  await user.keyboard('Errors{Enter}');
  await waitFor(() => expect(asked.some(({ method }) => method === 'PUT')).toBe(true));
  expect(asked.find(({ method }) => method === 'PUT')).toMatchObject({
    project: 'shop',
    body: { name: 'Errors', body: { path: '/logs', search: 'query=error' }, if_updated_time_unix_nano: '0' },
  });
  // The table has no answer to a PUT.
  expect(await screen.findByRole('alert')).toBeTruthy();
});

const of = (body: Record<string, unknown>, kind: SavedDocument['kind'] = 'view') => placeOf({ ...VIEW, kind, body })?.path ?? null;

it('leads to no other server, whatever was saved', () => {
  expect(of({ path: '//example.com/x' })).toBeNull();
  expect(of({ path: '/\\example.com' })).toBeNull();
  expect(of({ path: 'https://example.com' })).toBeNull();
  expect(of({ path: '/sql', search: 'query=SELECT+1' })).toBe('/sql?query=SELECT+1');
  expect(of({ trace_id: '../x' }, 'bookmark')).toBeNull();
  expect(of({ trace_id: TRACE, span_id: 'b'.repeat(16) }, 'bookmark')).toBe(`/trace/${TRACE}?span=${'b'.repeat(16)}`);
});
