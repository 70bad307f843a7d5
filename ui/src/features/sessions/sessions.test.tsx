import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { SessionPage } from './SessionPage';
import { SessionsPage } from './SessionsPage';
import { UserPage } from './UserPage';
import { UsersPage } from './UsersPage';

const ACTIVITY = {
  start_time_unix_nano: '1764000000000000000', end_time_unix_nano: '1764000090000000000', trace_count: 2, turn_count: 5,
  error_count: 1, input_tokens: 1200, output_tokens: 30, cost: 0.0034, models: ['m-1'], last_trace_id: 'b'.repeat(32),
  last_input: { text: 'where\n is it?', truncated: null },
}; // prettier-ignore
const SESSION = { ...ACTIVITY, session_id: 'a/b', user_ids: ['ann'] };
const USER = { ...ACTIVITY, user_id: 'ann', session_count: 1 };
const page = (items: object) => ({ offset: 0, total: 7, next_offset: null, start_time_unix_nano: '0', end_time_unix_nano: '1', ...items });

const said = (role: string, text: string) => [{ role, parts: [{ type: 'text', text: { text, truncated: null } }] }];
const turn = (id: string, asked: string, answered: string, more: object = {}) => ({
  trace: {
    trace_id: id.repeat(32), start_time_unix_nano: '1764000000000000000', duration_nano: 1.5e9, root_name: 'run', root_service: 's',
    span_count: 3, error_count: 0, services: ['s'], input_tokens: 600, output_tokens: 15, models: ['m-1'], cost: 0.0017, ...more,
  },
  asked: said('user', asked),
  answered: said('assistant', answered),
}); // prettier-ignore
const TURNS = { traces: [turn('a', 'hello?', 'hi'), turn('b', 'where is it?', 'Leipzig', { error_count: 1, cost: null })], offset: 0, next_offset: null };

const card = (id: string, type: string, more: object) => ({
  type, span_id: id.repeat(16), parent_span_id: '', depth: 0, name: type, service: 's', start: 0, duration: 2e6, status: 'OK', error: null, ...more,
}); // prettier-ignore
const TRANSCRIPT = {
  card_count: 2, next_offset: null,
  cards: [
    card('1', 'turn', { model: 'm-1', output: [], input_tokens: 10, output_tokens: 2 }),
    card('2', 'tool', { tool: 'lookup', arguments: { text: '{"id": 7}' }, result: { text: 'Leipzig' } }),
  ],
}; // prettier-ignore

describe('the list of sessions', () => {
  it('tells each one\'s last question, counts and cost, and leads to its conversation', async () => {
    answerFetch({ '/api/sessions': page({ sessions: [SESSION] }) });
    renderAt('/sessions?project=shop', <SessionsPage />);
    const link = await screen.findByRole('link', { name: 'a/b' });
    expect(link.getAttribute('href')).toBe('/sessions/a%2Fb?project=shop');
    const cells = within(link.closest<HTMLElement>('[role=row]')!).getAllByRole('cell').map((cell) => cell.textContent);
    expect([cells[1], ...cells.slice(3, 6), cells[7], cells[9]]).toEqual(['where is it?', '2', '5', '1', '$0.0034', 'ann']);
    expect(screen.getByRole('status').textContent).toBe('Showing 1 of 7 sessions');
  });

  it('asks for what is typed, the window and the sort, and says them in the URL', async () => {
    const asked = answerFetch({ '/api/sessions': page({ sessions: [SESSION] }) });
    renderAt('/sessions', <SessionsPage />);
    await userEvent.type(screen.getByRole('searchbox'), 'conv');
    await userEvent.click(await screen.findByRole('button', { name: 'Tokens' }));
    await userEvent.click(screen.getByRole('button', { name: '24h' }));
    expect(window.location.search).toBe('?q=conv&sort=-tokens&last=24h');
    await waitFor(() => expect(asked.at(-1)!.path).toMatch(/sort=-tokens&q=conv/));
  });

  it('says which attribute makes a session, when there is none', async () => {
    answerFetch({ '/api/sessions': page({ sessions: [], total: 0 }) });
    renderAt('/sessions', <SessionsPage />);
    await screen.findByRole('heading', { name: 'No sessions in this window' });
    expect(screen.getByText(/set_attribute/).textContent).toContain('"gen_ai.conversation.id"');
    await userEvent.click(screen.getByRole('button', { name: 'Last 7d' }));
    expect(window.location.search).toBe('?last=7d');
  });

  it('does the same for users', async () => {
    answerFetch({ '/api/users': page({ users: [], total: 0 }) });
    renderAt('/users?q=zoe', <UsersPage />);
    await screen.findByRole('heading', { name: 'No user with "zoe" in its id or its sessions\' in this window' });
    await userEvent.click(screen.getByRole('button', { name: 'Any id' }));
    expect(window.location.search).toBe('');
  });
});

function open() {
  const asked = answerFetch({
    '/api/sessions/a%2Fb': { session: SESSION, ...TURNS },
    [`/api/traces/${'b'.repeat(32)}/transcript`]: TRANSCRIPT,
  });
  renderAt('/sessions/a%2Fb', <SessionPage />);
  return asked;
}

describe('a session', () => {
  it('reads as a conversation, each turn with its numbers and the way to its trace', async () => {
    open();
    const turns = within(await screen.findByRole('list', { name: 'Conversation' })).getAllByRole('article');
    expect(turns.map((one) => one.textContent)).toEqual([
      expect.stringMatching(/1\.5 s.*600 in, 15 out tokens\$0\.0017.*3 spansrunuserhello\?assistanthi$/),
      expect.stringMatching(/1\.5 s.*1 error.*userwhere is it\?assistantLeipzig$/),
    ]);
    expect(within(turns[1]!).getByRole('link', { name: 'run' }).getAttribute('href')).toBe(`/trace/${'b'.repeat(32)}?view=transcript`);
    expect(screen.getByRole('link', { name: 'ann' }).getAttribute('href')).toBe('/users/ann');
  });

  it('unfolds what was done between question and answer', async () => {
    const asked = open();
    const unfold = (await screen.findAllByRole('button', { name: '3 spans' }))[1]!;
    expect(asked.some(({ path }) => path.includes('transcript'))).toBe(false);
    await userEvent.click(unfold);
    const tool = await screen.findByRole('link', { name: 'lookup' });
    expect(tool.getAttribute('href')).toBe(`/trace/${'b'.repeat(32)}?view=transcript&span=${'2'.repeat(16)}`);
    expect(tool.parentElement!.textContent).toBe('lookup{"id": 7} gave Leipzig2 ms');
  });
});

describe('a user', () => {
  it('has use over time, sessions and traces', async () => {
    const asked = answerFetch({
      '/api/users/ann': { user: USER, ...TURNS },
      '/api/sessions': page({ sessions: [SESSION], total: 1 }),
      '/api/traces': { traces: TURNS.traces.map(({ trace }) => trace), total: 9, total_is_exact: true, next_cursor: null },
    });
    renderAt('/users/ann', <UserPage />);
    const figures = await screen.findAllByRole('figure');
    expect(figures.map((figure) => figure.querySelector('figcaption')!.textContent)).toEqual([
      'Tokens per 1m, at most 1.2k in out',
      'Cost per 1m, at most $0.0017',
    ]);
    expect(screen.getByText('Drawn are the newest 2 of 9 traces.')).toBeTruthy();
    expect((await screen.findByRole('link', { name: 'a/b' })).getAttribute('href')).toBe('/sessions/a%2Fb');
    const questions = asked.map(({ path }) => decodeURIComponent(path));
    expect(questions.some((path) => path.startsWith('/api/traces?query=user = "ann"&'))).toBe(true);
    expect(questions.some((path) => path.startsWith('/api/sessions?user=ann&'))).toBe(true);
  });
});
