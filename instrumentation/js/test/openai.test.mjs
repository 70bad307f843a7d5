import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { messages, run, startProvider } from './harness.mjs';

let provider;
before(async () => (provider = await startProvider()));
after(() => provider.stop());

const openai = (...args) => run('openai.mjs', { provider: provider.url, args });

test('a chat call is one span in the conventions’ names, and its promise is still an APIPromise', async () => {
  const { code, stdout, stderr, spans } = await openai('chat');
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual(JSON.parse(stdout), { report: 'ok', chat: { isPromise: true, text: 'You said: Hello', requestId: true } });
  const [{ traceId, seconds, ...span }, ...others] = spans;
  assert.deepEqual(others, []);
  assert.ok(traceId && seconds > 0);
  assert.deepEqual(span, {
    name: 'chat gpt-4o',
    kind: 'CLIENT',
    parent: null,
    scope: '@spanhouse/sdk',
    status: 'OK',
    events: [],
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 20,
      'gen_ai.request.stop_sequences': ['END'],
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(provider.url).port),
      'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Hello"}]}]',
      'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"You said: Hello"}],"finish_reason":"stop"}]',
      'gen_ai.response.id': span.attributes['gen_ai.response.id'],
      'gen_ai.response.model': span.attributes['gen_ai.response.model'],
      'gen_ai.response.finish_reasons': ['stop'],
      'openai.response.service_tier': 'default',
      'openai.response.system_fingerprint': 'fp_1',
      'gen_ai.usage.input_tokens': 7,
      'gen_ai.usage.output_tokens': 3,
      'gen_ai.usage.cache_read.input_tokens': 2,
      'gen_ai.usage.reasoning.output_tokens': 1,
    },
  });
  assert.match(span.attributes['gen_ai.response.id'], /^chatcmpl-/);
});

test('a tool call and its result are parts of the messages, the tool is defined', async () => {
  const { spans } = await openai('tool');
  assert.deepEqual(spans.map((span) => span.attributes['gen_ai.response.finish_reasons']), [['tool_calls'], ['stop']]);
  const [{ id, ...call }] = messages(spans[0], 'output')[0].parts;
  assert.deepEqual(call, { type: 'tool_call', name: 'weather', arguments: { city: 'Paris' } });
  assert.deepEqual(messages(spans[1], 'input').at(-1), { role: 'tool', parts: [{ type: 'tool_call_response', id, response: 'rain' }] });
  assert.deepEqual(JSON.parse(spans[0].attributes['gen_ai.tool.definitions']), [
    { type: 'function', name: 'weather', description: 'The weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
  ]);
});

test('a stream’s span has its text, its usage and the time to its first chunk', async () => {
  const { stdout, spans } = await openai('stream');
  assert.deepEqual(JSON.parse(stdout).stream, { kind: 'Stream', text: 'You said: slow' });
  const [{ attributes, seconds }, ...others] = spans;
  assert.deepEqual(others, []);
  assert.equal(attributes['gen_ai.request.stream'], true);
  assert.deepEqual(attributes['gen_ai.response.finish_reasons'], ['stop']);
  assert.equal(attributes['gen_ai.usage.input_tokens'], 7);
  assert.equal(messages(spans[0], 'output')[0].parts[0].content, 'You said: slow');
  const first = attributes['gen_ai.response.time_to_first_chunk'];
  assert.ok(first >= 0.2 && first <= seconds, `${first} of ${seconds}`);
});

test('a stream that is left, aborted or broken ends its span', async () => {
  const { stdout, spans } = await openai('left', 'aborted', 'broken');
  assert.deepEqual(spans.map(({ name, status }) => [name, status]), [['chat gpt-4o', 'OK'], ['chat gpt-4o', 'OK'], ['chat gpt-4o', 'ERROR']]);
  const { error } = JSON.parse(stdout).broken;
  assert.ok(error);
  assert.equal(spans[2].attributes['error.type'], error);
});

test('each way to take an answer is one span with what the provider said', async () => {
  const ways = ['helper', 'withResponse', 'asResponse', 'asResponseStream', 'notAwaited', 'parse'];
  const { code, stdout, spans } = await openai(...ways);
  const seen = JSON.parse(stdout);
  assert.equal(code, 0);
  assert.deepEqual(seen.withResponse, { text: 'You said: Hello', status: 200 });
  assert.deepEqual(seen.asResponse, { text: 'You said: Hello' });
  assert.deepEqual(seen.asResponseStream, { done: true });
  assert.equal(spans.length, ways.length);
  for (const span of spans) assert.deepEqual(span.attributes['gen_ai.response.finish_reasons'], ['stop']);
  // The helper does not ask for the usage of a stream, so the provider does not tell it.
  assert.deepEqual(spans.map((span) => span.attributes['gen_ai.usage.input_tokens']), [undefined, 7, 7, 7, 7, 7]);
  assert.equal(spans[5].attributes['gen_ai.output.type'], 'json');
});

test('an error is the SDK’s own, and marks the span; a retry is no second span', async () => {
  const { stdout, spans } = await openai('failed', 'retried');
  assert.deepEqual(JSON.parse(stdout).failed, { error: 'BadRequestError', status: 400 });
  assert.deepEqual(
    spans.map(({ status, events, attributes }) => [status, events, attributes['error.type']]),
    [['ERROR', ['exception'], 'BadRequestError'], ['OK', [], undefined]],
  );
});

test('responses and embeddings', async () => {
  const { spans } = await openai('responses', 'responsesStream', 'responsesParse', 'embeddings');
  assert.deepEqual(spans.map((span) => span.name), ['chat gpt-4o', 'chat gpt-4o', 'chat gpt-4o', 'embeddings text-embedding-3-small']);
  const [plain, stream, parsed, embeddings] = spans.map((span) => span.attributes);
  assert.equal(plain['gen_ai.system_instructions'], '[{"type":"text","content":"Be brief"}]');
  assert.equal(plain['gen_ai.request.reasoning.level'], 'low');
  for (const each of [plain, stream, parsed]) {
    assert.deepEqual(each['gen_ai.response.finish_reasons'], ['stop']);
    assert.deepEqual(
      ['input_tokens', 'output_tokens', 'cache_read.input_tokens', 'reasoning.output_tokens'].map((name) => each[`gen_ai.usage.${name}`]),
      [7, 3, 2, 1],
    );
  }
  assert.ok(stream['gen_ai.response.time_to_first_chunk'] > 0);
  assert.equal(embeddings['gen_ai.usage.input_tokens'], 7);
  assert.equal(embeddings['gen_ai.usage.output_tokens'], undefined);
});

test('session, user and tags are on the spans started inside', async () => {
  const { attributes } = (await openai('inherited')).spans[0];
  assert.deepEqual(
    ['session.id', 'gen_ai.conversation.id', 'user.id', 'spanhouse.tags'].map((name) => attributes[name]),
    ['s-1', 's-1', 'u-1', ['a', 'b']],
  );
});

test('metrics: duration, time to first chunk and tokens of a call', async () => {
  const { received } = await openai('stream');
  const found = received.metrics
    .flatMap(({ resourceMetrics }) => resourceMetrics)
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap(({ metrics }) => metrics)
    .map(({ name, unit, histogram, sum }) => [name, unit, histogram ? histogram.dataPoints[0].count : (sum.dataPoints[0].asDouble ?? sum.dataPoints[0].asInt)]);
  assert.deepEqual(found.toSorted(), [
    ['gen_ai.client.inference.duration', 's', 1],
    ['gen_ai.client.inference.time_to_first_chunk', 's', 1],
    ['gen_ai.client.inference.usage.cache_read.input_tokens', '{token}', 2],
    ['gen_ai.client.inference.usage.input_tokens', '{token}', 7],
    ['gen_ai.client.inference.usage.output_tokens', '{token}', 3],
    ['gen_ai.client.inference.usage.reasoning.output_tokens', '{token}', 1],
  ]);
});
