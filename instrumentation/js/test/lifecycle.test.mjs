import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { VERSION } from '@spanhouse/sdk';
import { messages, run, startProvider } from './harness.mjs';

let provider;
before(async () => (provider = await startProvider()));
after(() => provider.stop());

const lifecycle = (name, options) => run('lifecycle.mjs', { provider: provider.url, args: [name], ...options });
const REGISTER = ['--import', '@spanhouse/sdk/register'];
const names = ({ spans }) => spans.map((span) => span.name);

test('a second instrument() changes nothing, uninstrument() restores everything', async () => {
  const { stdout, spans } = await lifecycle('restored');
  assert.deepEqual(JSON.parse(stdout), {
    same: true, changed: true, name: 'create', length: 2, restored: true, integrations: 0, environment: true, listeners: [0, 0, 0, 0, 0],
  });
  assert.deepEqual(spans, []);
});

test('instrument() after uninstrument() traces again, once', async () => {
  assert.deepEqual(names(await lifecycle('again')), ['chat gpt-4o']);
});

test('an existing provider is used and keeps its exporter; with an endpoint named ours stands beside it', async () => {
  const existing = await lifecycle('existing');
  const { same, names: kept, exportsTo } = JSON.parse(existing.stdout);
  assert.deepEqual([same, kept], [true, ['chat gpt-4o']]);
  assert.match(exportsTo, /^http:\/\/127/);
  assert.deepEqual(names(existing), ['chat gpt-4o']);
  assert.equal(existing.spans[0].attributes['session.id'], 's-1');
  const alone = await lifecycle('existing', { env: { SPANHOUSE_ENDPOINT: '' } });
  assert.equal(JSON.parse(alone.stdout).exportsTo, "where the program's own provider exports");
});

test('a setting that cannot be used is told in a sentence', async () => {
  const { stdout } = await lifecycle('invalid');
  assert.deepEqual(JSON.parse(stdout), [
    "endpoint 'nowhere' is no address: it begins with http:// or https://",
    'include names opnai: known are openai, anthropic, ai, langchain',
    "redact names 'all': it is a function, or one of keys, email, cards",
    'contentLimit is 0: it is a number of characters from 1',
    "protocol 'grpc' is not known here: it is one of http/protobuf, http/json",
  ]);
});

test('include and exclude choose libraries', async () => {
  const [libraries] = JSON.parse((await lifecycle('chosen')).stdout);
  assert.deepEqual(libraries, {
    openai: 'ok', anthropic: 'skipped: not included', ai: 'skipped: excluded', langchain: 'skipped: not included',
  });
});

test('secrets are removed and what is cut says so', async () => {
  const { spans } = await lifecycle('secrets');
  const { content } = messages(spans[0], 'input')[0].parts[0];
  assert.equal(
    content,
    `[name] [e-mail removed] [card removed] 4111 1111 1111 1112 [key removed] ${'x'.repeat(17)} … [90 of 289 characters]`,
  );
});

test('content is not written when it is switched off', async () => {
  for (const env of [{ SPANHOUSE_CONTENT: 'false' }, { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'NO_CONTENT' }]) {
    const { spans } = await lifecycle('again', { env });
    assert.deepEqual(Object.keys(spans[0].attributes).filter((key) => key.includes('messages')), []);
  }
});

test('spans by hand: functions, generators, errors, feedback; the project is told by header', async () => {
  const { stdout, spans, received } = await lifecycle('byHand');
  assert.deepEqual(JSON.parse(stdout), { sum: 3, items: [1, 2], stream: [42], error: 'RangeError', id: 32 });
  assert.deepEqual(
    spans.map(({ name, parent, status, attributes }) => [
      name, parent, status, attributes['spanhouse.function.result'] ?? attributes['gen_ai.tool.call.result'], attributes['error.type'],
    ]),
    [
      ['request', null, 'OK', undefined, undefined],
      ['add', 'request', 'OK', '3', undefined],
      ['items', 'request', 'OK', '[1,2]', undefined],
      ['stream', 'request', 'OK', '[42]', undefined],
      ['execute_tool later', 'stream', 'OK', '42', undefined],
      ['failing', 'request', 'ERROR', undefined, 'RangeError'],
    ],
  );
  assert.equal(spans[1].attributes['spanhouse.function.arguments'], '[1,2]');
  assert.equal(received.headers[0]['x-spanhouse-project'], 'p-1');
  const [record] = received.logs.flatMap(({ resourceLogs }) => resourceLogs[0].scopeLogs[0].logRecords);
  assert.equal(record.eventName, 'gen_ai.evaluation.result');
  assert.equal(record.traceId, spans[0].traceId);
  const told = Object.fromEntries(record.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue]));
  assert.deepEqual(
    ['gen_ai.evaluation.name', 'gen_ai.evaluation.score.value', 'gen_ai.evaluation.score.label', 'gen_ai.evaluation.explanation'].map((key) => told[key]),
    ['helpful', 1, 'true', 'short'],
  );
});

test('nothing is lost at the end, and the exit code stays', async () => {
  const ends = await Promise.all([
    lifecycle('waiting', { kill: 'SIGTERM' }),
    lifecycle('handled', { kill: 'SIGTERM' }),
    lifecycle('exits'),
    run('plain.mjs', { provider: provider.url, node: REGISTER }),
    lifecycle('unhandled'),
  ]);
  for (const end of ends) assert.deepEqual(names(end), ['chat gpt-4o']);
  assert.deepEqual(ends.map(({ code, signal }) => [code, signal]), [[null, 'SIGTERM'], [7, null], [5, null], [3, null], [1, null]]);
  assert.match(ends.at(-1).stderr, /BadRequestError: 400/);
});

test('a collector that refuses, or is not there, costs the program nothing but telemetry', async () => {
  const collectors = [{ refuse: true }, { env: { SPANHOUSE_ENDPOINT: 'http://127.0.0.1:9' } }];
  const ends = await Promise.all(collectors.map((options) => run('plain.mjs', { provider: provider.url, node: REGISTER, ...options })));
  for (const { code, stdout, stderr } of ends) assert.deepEqual([code, stdout, stderr], [3, 'You said: Hello\n', '']);
});

test('a setting that cannot be used does not keep a program from running under --import', async () => {
  const { code, stdout, stderr } = await run('plain.mjs', { provider: provider.url, node: REGISTER, env: { SPANHOUSE_CONTENT: 'perhaps' } });
  assert.deepEqual([code, stdout], [3, 'You said: Hello\n']);
  assert.match(stderr, /^spanhouse: not traced: content is 'perhaps'/);
});

test('CommonJS, with the library loaded before or after', async () => {
  for (const args of [['before'], ['after']]) {
    const { code, stdout, spans } = await run('commonjs.cjs', { provider: provider.url, args });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), { openai: 'ok', anthropic: 'native', ai: 'ok', langchain: 'ok' });
    assert.deepEqual(spans.map(({ name, parent }) => [name, parent]), [
      ['chat gpt-4o', null],
      ['invoke_workflow RunnableSequence', null],
      ['chat gpt-4o', 'invoke_workflow RunnableSequence'],
    ]);
  }
});

/** Node before 22.15 cannot show what is loaded later. */
const OLDER = ['--import', "data:text/javascript,import m from 'node:module'; delete m.registerHooks; m.syncBuiltinESMExports();"];

test('a module that calls instrument() may be imported first, in a Node without load hooks too', async () => {
  for (const node of [[], OLDER, REGISTER]) {
    const { code, spans } = await run('first.mjs', { provider: provider.url, node });
    assert.equal(code, 0);
    assert.deepEqual(spans.map(({ name, parent }) => [name, parent]), [
      ['chat gpt-4o', null],
      ['invoke_workflow RunnableSequence', null],
      ['chat gpt-4o', 'invoke_workflow RunnableSequence'],
      ['chat claude-sonnet-4-5', null],
    ]);
  }
});

test('the version is the package’s', () => {
  assert.equal(VERSION, JSON.parse(readFileSync(new URL('../package.json', import.meta.url))).version);
});
