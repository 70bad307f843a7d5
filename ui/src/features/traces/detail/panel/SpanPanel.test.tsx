import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { Attribute, GenAi, Span } from '../../../../api/types';
import { answerFetch } from '../../../../testing/fetch';
import { renderAt } from '../../../../testing/render';
import type { Placed } from '../../model/placed';
import type { PanelTab } from '../../model/viewUrl';
import { SpanPanel } from './SpanPanel';

const ID = 'a'.repeat(32);
const START = '1764000000000000000';
const attribute = (key: string, value: string, type: Attribute['type'] = 'string'): Attribute => ({ key, value, type });

const SPAN: Span = {
  trace_id: ID,
  span_id: 'b'.repeat(16),
  parent_span_id: 'c'.repeat(16),
  trace_state: '',
  flags: 1,
  name: 'Charge',
  kind: 'SERVER',
  start_time_unix_nano: '1764000000005000000',
  end_time_unix_nano: '1764000000045000000',
  duration_nano: 40e6,
  received_time_unix_nano: '1764000001000000000',
  status: { code: 'ERROR', message: 'card network timed out' },
  service: 'payments',
  attributes: [attribute('z.text', 'last'), attribute('a.count', '5', 'int'), attribute('m.list', '["x"]', 'array'), attribute('n.none', '', 'empty')],
  dropped_attributes_count: 2,
  events: [
    {
      name: 'exception',
      time_unix_nano: '1764000000025000000',
      attributes: [attribute('exception.type', 'TimeoutError'), attribute('exception.stacktrace', 'Traceback')],
      dropped_attributes_count: 0,
    },
  ],
  dropped_events_count: 0,
  links: [{ trace_id: 'd'.repeat(32), span_id: 'e'.repeat(16), trace_state: '', flags: 0, attributes: [], dropped_attributes_count: 0 }],
  dropped_links_count: 0,
  resource: { attributes: [attribute('service.name', 'payments')], dropped_attributes_count: 0, schema_url: '' },
  scope: { name: 'grpc', version: '1', attributes: [], dropped_attributes_count: 0, schema_url: '' },
  gen_ai: null,
};

const GEN_AI: GenAi = {
  dialect: 'gen_ai', response_id: '', service_tier: '', cache_write_1h_tokens: 0, input_audio_tokens: 0, output_audio_tokens: 0,
  time_to_first_chunk: 0, user_id: '', query: '', documents: [],
  operation: 'chat', provider: 'openai', request_model: 'gpt-5.1', response_model: '', input_tokens: 1200, output_tokens: 40,
  cache_read_tokens: 900, cache_write_tokens: 0, reasoning_tokens: 0, finish_reasons: ['stop'], conversation_id: '', agent_name: '',
  tool_name: '', tool_call_id: '', tool_arguments: '', tool_result: '', tool_definitions: [],
  system_instructions: [{ type: 'text', content: 'Be brief.' }],
  input_messages: [
    { role: 'user', parts: [{ type: 'text', content: 'How much?' }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: { total: 42 } }] },
  ],
  output_messages: [
    { role: 'assistant', finish_reason: 'stop', parts: [{ type: 'reasoning', content: 'Sum it.' }, { type: 'image', url: 'x' }] },
  ],
}; // prettier-ignore

const nothing = () => undefined;

function Panel({ placed }: { placed: Placed | null }) {
  const [tab, setTab] = useState<PanelTab | null>(null);
  return (
    <SpanPanel traceId={ID} traceStart={START} spanId={SPAN.span_id} nth={0} placed={placed} subtree={null} tab={tab} onTab={setTab} onClose={nothing} onSelect={nothing} />
  );
}

async function open(span: Span, placed: Placed | null = null) {
  answerFetch({ '/api/search/narrow': { query: 'a.count = 5' }, [`/api/traces/${ID}/spans/${SPAN.span_id}`]: span });
  renderAt(`/trace/${ID}`, <Panel placed={placed} />);
  await screen.findByRole('tablist');
}

const choose = (name: RegExp) => userEvent.click(screen.getByRole('tab', { name }));
const panel = () => screen.getByRole('tabpanel');

describe('SpanPanel', () => {
  it('opens with what failed, where the span lies and its attributes', async () => {
    await open(SPAN);
    expect(screen.getByRole('tab', { name: 'Overview' }).getAttribute('aria-selected')).toBe('true');
    expect(panel().textContent).toContain('card network timed out');
    expect(within(panel()).getByRole('region', { name: 'Exception' }).textContent).toContain('TimeoutError');
    expect(panel().textContent).toContain('After start5 ms');
  });

  it('says what only the trace knows of the span', async () => {
    await open(SPAN, { hasParent: false, outside: 'Starts 3 s before its parent: the clocks differ', sameId: 2 });
    expect(panel().textContent).toContain('Starts 3 s before its parent');
    expect(panel().textContent).toContain('2 spans of this trace have the same id');
    expect(panel().textContent).toContain(`${SPAN.parent_span_id} (not among the spans that arrived)`);
    expect(screen.queryByRole('button', { name: SPAN.parent_span_id })).toBeNull();
  });

  it('lists attributes by key with their types, and what was dropped', async () => {
    await open(SPAN);
    await choose(/Attributes/);
    expect(within(panel()).getAllByRole('term').map((term) => term.textContent)).toEqual(['a.count', 'm.list', 'n.none', 'z.text']);
    expect(within(panel()).getAllByRole('definition').map((value) => value.textContent)).toEqual(['5int', '[\n  "x"\n]array', 'no value', 'last']);
    expect(panel().textContent).toContain('2 attributes dropped by the sender.');
  });

  it('lists the traces with the same value on request', async () => {
    await open(SPAN);
    await choose(/Attributes/);
    await userEvent.click(screen.getByRole('button', { name: 'List traces with this a.count' }));
    await waitFor(() => expect(window.location.pathname + window.location.search).toBe('/?query=a.count+%3D+5&last=24h'));
  });

  it('shows events at their distance from the start, and where links lead', async () => {
    await open(SPAN);
    await choose(/Events/);
    expect(panel().textContent).toContain('+20 ms');
    await choose(/Links/);
    expect(within(panel()).getByRole('link').getAttribute('href')).toBe(`/trace/${'d'.repeat(32)}?span=${'e'.repeat(16)}`);
  });

  it('moves between tabs with the arrow keys', async () => {
    await open(SPAN);
    screen.getByRole('tab', { name: 'Overview' }).focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(screen.getByRole('tab', { name: 'JSON' }).getAttribute('aria-selected')).toBe('true');
    expect(JSON.parse(panel().querySelector('pre')!.textContent)).toEqual(SPAN);
  });

  it('shows a model call as a conversation, kinds of parts it does not know included', async () => {
    await open({ ...SPAN, gen_ai: GEN_AI });
    expect(panel().textContent).toMatch(/^card network timed out/);
    expect(within(panel()).getAllByRole('article').map((message) => message.dataset.role)).toEqual(['system', 'user', 'tool', 'assistant']);
    expect(panel().textContent).toContain('gpt-5.1 openai1,200 in900 from cache40 outfinished: stop');
    expect(within(panel()).getByRole('region', { name: 'Result' }).textContent).toContain('"total": 42');
    expect(within(panel()).getByRole('region', { name: 'image' }).textContent).toContain('"url": "x"');
  });

  it('says why there is no conversation', async () => {
    await open({ ...SPAN, gen_ai: { ...GEN_AI, system_instructions: [], input_messages: [], output_messages: [] } });
    expect(panel().textContent).toContain('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT');
  });
});
