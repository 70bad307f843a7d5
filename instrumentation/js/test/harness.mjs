/**
 * Runs a program with the real libraries against the fake provider, and gives the spans it exported over OTLP.
 *
 * Nothing is read inside the program: what counts is what leaves it.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const ROOT = join(FOLDER, '..', '..', '..');
const PYTHON = process.env.PYTHON ?? join(ROOT, '.venv', 'bin', 'python');

/** The fake provider of tests/instrumentation, in its own process. */
export async function startProvider() {
  const child = spawn(PYTHON, ['-m', 'tests.instrumentation.provider', '--port', '0'], {
    cwd: ROOT,
    env: { PYTHONPATH: ROOT, ...process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await Promise.race([
    once(child.stdout, 'data').then(([data]) => String(data).trim()),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the fake provider ended with ${code}`))),
  ]);
  return { url, stop: () => child.kill() };
}

/** An OTLP receiver that keeps what it is sent. `refuse`: it takes connections and answers 503. */
export async function startReceiver({ refuse = false } = {}) {
  const received = { traces: [], metrics: [], logs: [], headers: [] };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (refuse) return response.writeHead(503).end();
      received.headers.push(request.headers);
      const signal = request.url.split('/').at(-1);
      const isJson = request.headers['content-type'] === 'application/json';
      if (isJson) received[signal].push(JSON.parse(Buffer.concat(chunks)));
      else received[signal].push(Buffer.concat(chunks));
      response.writeHead(200, { 'content-type': request.headers['content-type'] }).end(isJson ? '{}' : '');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, received, stop: () => server.close() };
}

/** Run test/programs/`program`; gives {code, signal, stdout, stderr, spans, received}. */
export async function run(program, { provider, env = {}, args = [], node = [], kill, refuse } = {}) {
  const receiver = await startReceiver({ refuse });
  const child = spawn(process.execPath, [...node, join(FOLDER, 'programs', program), ...args], {
    cwd: join(FOLDER, '..'),
    env: {
      PATH: process.env.PATH,
      SPANHOUSE_STRICT: '1',
      SPANHOUSE_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OPENAI_BASE_URL: `${provider}/v1`,
      OPENAI_API_KEY: 'none',
      ANTHROPIC_BASE_URL: provider,
      ANTHROPIC_API_KEY: 'none',
      LANGSMITH_TRACING: 'false',
      ...env,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
    if (kill && stdout.includes('ready')) child.kill(kill);
  });
  child.stderr.on('data', (data) => (stderr += data));
  const [code, signal] = await once(child, 'close');
  receiver.stop();
  return { code, signal, stdout, stderr, spans: spansOf(receiver.received), received: receiver.received };
}

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

/** Each span as {name, kind, parent (a name), scope, status, attributes, seconds}, by when it started, parents first. */
function spansOf(received) {
  const spans = received.traces
    .flatMap(({ resourceSpans }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ scope, spans: inScope }) => inScope.map((span) => ({ scope: scope.name, ...span })));
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const depth = (span) => (span ? 1 + depth(byId.get(span.parentSpanId)) : 0);
  return spans
    .toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)) || depth(a) - depth(b))
    .map((span) => ({
      name: span.name,
      kind: KINDS[span.kind],
      parent: byId.get(span.parentSpanId)?.name ?? null,
      scope: span.scope,
      traceId: span.traceId,
      status: span.status?.code === 2 ? 'ERROR' : (span.status?.message ?? 'OK'),
      events: (span.events ?? []).map((event) => event.name),
      seconds: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e9,
      attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, plain(value)])),
    }));
}

function plain(value) {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(plain);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue;
}

/** The messages of an attribute. */
export function messages(span, side) {
  return JSON.parse(span.attributes[`gen_ai.${side}.messages`]);
}
