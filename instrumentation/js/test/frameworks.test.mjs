import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { messages, run, startProvider } from './harness.mjs';

let provider;
before(async () => (provider = await startProvider()));
after(() => provider.stop());

const tree = (spans) => spans.map(({ name, kind, parent }) => [name, kind, parent]);
const usage = ({ attributes }) =>
  ['input_tokens', 'output_tokens', 'cache_read.input_tokens', 'reasoning.output_tokens'].map((name) => attributes[`gen_ai.usage.${name}`]);

test('Anthropic’s own spans get the conventions’ name and finish reasons, with content', async () => {
  const { code, stdout, spans } = await run('anthropic.mjs', { provider: provider.url });
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), { report: 'native', create: 'You said: Hello', stream: 'You said: Hello', tool: 'tool_use', failed: 'BadRequestError' });
  assert.deepEqual(
    spans.map(({ name, kind, status, attributes }) => [name, kind, status, attributes['gen_ai.response.finish_reasons']]),
    [
      ['chat claude-sonnet-4-5', 'CLIENT', 'OK', ['end_turn']],
      ['chat claude-sonnet-4-5', 'CLIENT', 'OK', ['end_turn']],
      ['chat claude-sonnet-4-5', 'CLIENT', 'OK', ['tool_use']],
      ['chat claude-sonnet-4-5', 'CLIENT', 'ERROR', undefined],
    ],
  );
  assert.deepEqual(usage(spans[0]).slice(0, 3), [7, 3, 2]);
  assert.deepEqual(usage(spans[1]).slice(0, 3), [7, 3, 2]);
  assert.ok(spans[1].attributes['gen_ai.response.time_to_first_chunk'] >= 0);
  assert.deepEqual(messages(spans[0], 'input'), [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }]);
  assert.equal(messages(spans[2], 'output')[0].parts[0].name, 'weather');
});

test('without content Anthropic’s spans have none', async () => {
  const { spans } = await run('anthropic.mjs', { provider: provider.url, args: ['create'], env: { SPANHOUSE_CONTENT: 'false' } });
  assert.deepEqual(Object.keys(spans[0].attributes).filter((key) => /messages|instructions/.test(key)), []);
  assert.equal(spans[0].attributes['gen_ai.usage.input_tokens'], 7);
});

test('the AI SDK: a model call is one span, an agent holds its model calls and tools', async () => {
  const { code, stdout, spans } = await run('ai.mjs', { provider: provider.url, args: ['text', 'responses', 'agent'] });
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), { report: 'ok', text: 'You said: Hello', responses: 'You said: Hello', agent: 'It says: rain in Paris' });
  assert.deepEqual(tree(spans), [
    ['chat gpt-4o', 'CLIENT', null],
    ['chat gpt-4o', 'CLIENT', null],
    ['invoke_agent forecaster', 'INTERNAL', null],
    ['chat gpt-4o', 'CLIENT', 'invoke_agent forecaster'],
    ['execute_tool weather', 'INTERNAL', 'invoke_agent forecaster'],
    ['ask the sky', 'INTERNAL', 'execute_tool weather'],
    ['chat gpt-4o', 'CLIENT', 'invoke_agent forecaster'],
  ]);
  for (const span of spans.filter(({ name }) => name.startsWith('chat'))) assert.deepEqual(usage(span), [7, 3, 2, 1]);
  const [text, , agent, call, tool] = spans.map((span) => span.attributes);
  assert.equal(text['gen_ai.provider.name'], 'openai');
  assert.equal(text['gen_ai.request.temperature'], 0.5);
  assert.equal(text['gen_ai.request.max_tokens'], 20);
  assert.equal(text['gen_ai.system_instructions'], '[{"type":"text","content":"Be brief"}]');
  assert.equal(text['gen_ai.input.messages'], '[{"role":"user","parts":[{"type":"text","content":"Hello"}]}]');
  assert.equal(text['gen_ai.output.messages'], '[{"role":"assistant","parts":[{"type":"text","content":"You said: Hello"}],"finish_reason":"stop"}]');
  assert.equal(agent['gen_ai.agent.name'], 'forecaster');
  assert.equal(agent['gen_ai.usage.input_tokens'], undefined);
  assert.deepEqual(call['gen_ai.response.finish_reasons'], ['tool_calls']);
  assert.equal(JSON.parse(call['gen_ai.tool.definitions'])[0].name, 'weather');
  assert.equal(tool['gen_ai.tool.call.arguments'], '{"city":"Paris"}');
  assert.equal(tool['gen_ai.tool.call.result'], 'rain in Paris');
});

test('the AI SDK: streams, objects, embeddings, errors and retries', async () => {
  const { stdout, spans } = await run('ai.mjs', {
    provider: provider.url,
    args: ['stream', 'object', 'embedding', 'failed', 'streamFailed', 'retried'],
  });
  assert.deepEqual(JSON.parse(stdout), {
    report: 'ok', stream: 'You said: slow', object: { city: 'Paris' }, embedding: true,
    failed: 'AI_APICallError', streamFailed: 'AI_APICallError', retried: 'You said: overload',
  });
  assert.deepEqual(
    spans.map(({ name, status, attributes }) => [name, status, attributes['gen_ai.usage.input_tokens'], attributes['error.type']]),
    [
      ['chat gpt-4o', 'OK', 7, undefined],
      ['chat gpt-4o', 'OK', 7, undefined],
      ['embeddings text-embedding-3-small', 'OK', 7, undefined],
      ['chat gpt-4o', 'ERROR', undefined, 'APICallError'],
      ['chat gpt-4o', 'ERROR', undefined, 'APICallError'],
      ['chat gpt-4o', 'OK', 7, undefined],
    ],
  );
  assert.ok(spans[0].attributes['gen_ai.response.time_to_first_chunk'] >= 0.2);
});

test('the AI SDK: where the program registers @ai-sdk/otel, that one tells each call, and is normalised', async () => {
  const { spans } = await run('ai.mjs', { provider: provider.url, args: ['stream'], env: { REGISTERED: '1' } });
  const calls = spans.filter(({ attributes }) => attributes['gen_ai.operation.name'] === 'chat');
  assert.deepEqual(calls.map(({ name, scope }) => [name, scope]), [['chat gpt-4o', 'gen_ai']]);
  assert.deepEqual(spans.filter(({ scope }) => scope === '@spanhouse/sdk'), []);
  assert.ok(calls[0].attributes['gen_ai.response.time_to_first_chunk'] >= 0.2);
  assert.deepEqual(messages(calls[0], 'input')[0].parts, [{ type: 'text', content: 'slow' }]);
});

test('LangChain: the provider’s SDK tells a model call, LangChain what is around it', async () => {
  const { code, stdout, stderr, spans } = await run('langchain.mjs', { provider: provider.url });
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual(JSON.parse(stdout), {
    report: 'ok', invoke: 'You said: Hello', stream: 'You said: Hello', chain: 'You said: Say Hello', fake: 'Yes',
    lambda: 'You said: Hello', retriever: 'about cats', failed: 'BadRequestError', agent: JSON.parse(stdout).agent,
  });
  assert.deepEqual(tree(spans), [
    ['chat gpt-4o', 'CLIENT', null],
    ['chat gpt-4o', 'CLIENT', null],
    ['invoke_workflow sayer', 'INTERNAL', null],
    ['chat gpt-4o', 'CLIENT', 'invoke_workflow sayer'],
    ['chat', 'CLIENT', null],
    ['invoke_workflow lambda', 'INTERNAL', null],
    ['chat gpt-4o', 'CLIENT', 'invoke_workflow lambda'],
    ['retrieval Notes', 'CLIENT', null],
    ['chat gpt-4o', 'CLIENT', null],
    ['invoke_agent forecaster', 'INTERNAL', null],
    ['chat gpt-4o', 'CLIENT', 'invoke_agent forecaster'],
    ['execute_tool weather', 'INTERNAL', 'invoke_agent forecaster'],
    ['ask the sky', 'INTERNAL', 'execute_tool weather'],
    ['chat gpt-4o', 'CLIENT', 'invoke_agent forecaster'],
  ]);
  for (const span of spans.filter(({ name, status }) => name === 'chat gpt-4o' && status === 'OK')) assert.deepEqual(usage(span), [7, 3, 2, 1]);
  const tool = spans[11].attributes;
  assert.deepEqual([tool['gen_ai.tool.call.arguments'], tool['gen_ai.tool.call.result']], ['{"city":"Paris"}', 'rain in Paris']);
  assert.equal(spans[7].attributes['gen_ai.retrieval.query.text'], 'cats');
});

test('LangChain tells a model call itself where the provider’s SDK is not traced', async () => {
  const { spans } = await run('langchain.mjs', { provider: provider.url, args: ['invoke', 'stream', 'failed'], env: { EXCLUDE: 'openai' } });
  assert.deepEqual(
    spans.map(({ name, scope, status, attributes }) => [name, scope, status, attributes['gen_ai.usage.input_tokens']]),
    [
      ['chat gpt-4o', '@spanhouse/sdk', 'OK', 7],
      ['chat gpt-4o', '@spanhouse/sdk', 'OK', 7],
      ['chat gpt-4o', '@spanhouse/sdk', 'ERROR', undefined],
    ],
  );
  assert.ok(spans[1].attributes['gen_ai.response.time_to_first_chunk'] > 0);
});
