import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Annotation } from '../../api/types';
import { answerFetch } from '../../testing/fetch';
import { renderAt } from '../../testing/render';
import { Annotations } from './Annotations';

const TRACE = 'a'.repeat(32);
const SPAN = 'b'.repeat(16);
const PATH = `/api/traces/${TRACE}/annotations`;

const comment: Annotation = {
  id: 'one',
  trace_id: TRACE,
  span_id: SPAN,
  kind: 'comment',
  name: '',
  score_value: null,
  score_label: '',
  text: 'why so slow?',
  error_type: '',
  source: 'human',
  author: 'ann',
  created_time_unix_nano: '10',
  updated_time_unix_nano: '20',
};

it('shows what is said of the span, and of the trace how much of its spans', async () => {
  answerFetch({ [PATH]: { annotations: [comment, { ...comment, id: 'two', span_id: null, kind: 'label', name: 'to review', text: '' }] } });
  renderAt('/', <Annotations traceId={TRACE} spanId={SPAN} />);
  expect(await screen.findByRole('button', { name: 'why so slow?' })).toBeTruthy();
  expect(screen.queryByText('to review')).toBeNull();
  renderAt('/', <Annotations traceId={TRACE} spanId={null} />);
  const ofTrace = within(await screen.findByRole('group', { name: 'Annotations of the trace' }));
  expect(await ofTrace.findByText('to review')).toBeTruthy();
  expect(ofTrace.getByText('1 more on its spans')).toBeTruthy();
});

it('says something by keyboard alone, under a name that is asked once', async () => {
  const user = userEvent.setup();
  const stored: Annotation[] = [];
  const asked = answerFetch({
    get [PATH]() {
      return { annotations: stored };
    },
    [`POST ${PATH}`]: (write: Partial<Annotation>) => {
      stored.push({ ...comment, ...write, id: 'new' });
      return stored[0];
    },
  });
  renderAt('/?project=shop', <Annotations traceId={TRACE} spanId={SPAN} />);
  await user.click(await screen.findByRole('button', { name: 'Annotate' }));
  await user.type(screen.getByRole('textbox', { name: 'Your name' }), 'bob');
  await user.type(screen.getByRole('textbox', { name: 'Comment' }), 'look here');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await screen.findByRole('button', { name: 'look here' })).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(asked.find(({ method }) => method === 'POST')).toEqual({
    path: PATH,
    project: 'shop',
    method: 'POST',
    body: { kind: 'comment', name: '', score_value: null, score_label: '', text: 'look here', span_id: SPAN, source: 'human', author: 'bob' },
  });
  await user.click(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Your name' }).value).toBe('bob');
});

it('keeps what was typed when someone else was faster', async () => {
  const user = userEvent.setup();
  const conflict = { title: 'Changed meanwhile', detail: 'it was changed at 30', status: 409 };
  const asked = answerFetch({
    [PATH]: { annotations: [comment] },
    [`PUT ${PATH}/one`]: () => Response.json(conflict, { status: 409 }),
  });
  renderAt('/', <Annotations traceId={TRACE} spanId={SPAN} />);
  await user.click(await screen.findByRole('button', { name: 'why so slow?' }));
  await user.type(screen.getByRole('textbox', { name: 'Comment' }), ' really');
  await user.click(screen.getByRole('button', { name: 'Save (Ctrl+Enter)' }));
  expect((await screen.findByRole('alert')).textContent).toContain('it was changed at 30');
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Comment' }).value).toBe('why so slow? really');
  expect(asked.find(({ method }) => method === 'PUT')?.body).toMatchObject({ if_updated_time_unix_nano: '20' });
});

it('takes back what was said', async () => {
  const user = userEvent.setup();
  let stored = [comment];
  answerFetch({
    get [PATH]() {
      return { annotations: stored };
    },
    [`DELETE ${PATH}/one`]: () => {
      stored = [];
      return new Response(null, { status: 204 });
    },
  });
  renderAt('/', <Annotations traceId={TRACE} spanId={SPAN} />);
  await user.click(await screen.findByRole('button', { name: 'why so slow?' }));
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByText('why so slow?')).toBeNull());
});
