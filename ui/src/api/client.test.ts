import { expect, it, vi } from 'vitest';
import { answerFetch } from '../testing/fetch';
import { getJson } from './client';

it('asks in a project of any script', async () => {
  const asked = answerFetch({ '/api/traces': {} });
  await getJson('/api/traces?limit=1', 'shop');
  await getJson('/api/traces?limit=1', 'متجر');
  expect(asked).toMatchObject([
    { path: '/api/traces?limit=1', project: 'shop' },
    { path: `/api/traces?limit=1&project=${encodeURIComponent('متجر')}`, project: null },
  ]);
});

it('says that nobody answers, without the whole question', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(getJson('/api/traces?start=1&end=2', 'shop')).rejects.toMatchObject({
    title: 'No answer from the server',
    message: '/api/traces could not be reached. Is spanhouse still running?',
  });
});
