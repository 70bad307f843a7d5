// What instrument() and uninstrument() leave behind, and how a program may end.
import { context, metrics, trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import OpenAI from 'openai';
import { CallbackManager } from '@langchain/core/callbacks/manager';
import { InvalidSettings, feedback, instrument, session, span, trace as traced, uninstrument } from '@spanhouse/sdk';

const ask = (content = 'Hello') => ({ model: 'gpt-4o', messages: [{ role: 'user', content }] });
const { create } = OpenAI.Chat.Completions.prototype;
const configure = CallbackManager._configureSync;

const CASES = {
  async restored() {
    const environment = { ...process.env };
    const report = instrument();
    const same = instrument({ endpoint: 'http://127.0.0.1:1' }) === report;
    const changed = OpenAI.Chat.Completions.prototype.create !== create;
    const { name, length } = OpenAI.Chat.Completions.prototype.create;
    uninstrument();
    await new OpenAI().chat.completions.create(ask());
    return {
      same, changed, name, length,
      restored: OpenAI.Chat.Completions.prototype.create === create && CallbackManager._configureSync === configure,
      integrations: globalThis.AI_SDK_TELEMETRY_INTEGRATIONS.length,
      environment: JSON.stringify(environment) === JSON.stringify(process.env),
      listeners: ['beforeExit', 'SIGTERM', 'SIGINT', 'SIGHUP', 'exit'].map((each) => process.listenerCount(each)),
    };
  },
  async again() {
    instrument();
    uninstrument();
    instrument();
    await new OpenAI().chat.completions.create(ask());
    return {};
  },
  async existing() {
    const kept = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(kept)] });
    trace.setGlobalTracerProvider(provider);
    const report = instrument();
    await session('s-1', () => new OpenAI().chat.completions.create(ask()));
    const same = trace.getTracerProvider().getDelegate() === provider;
    const names = kept.getFinishedSpans().map((each) => each.name);
    return { same, names, exportsTo: report.exportsTo, hasManager: context.active() !== undefined };
  },
  async invalid() {
    const tries = [{ endpoint: 'nowhere' }, { include: ['opnai'] }, { redact: ['all'] }, { contentLimit: 0 }, { protocol: 'grpc' }];
    return tries.map((each) => {
      try {
        instrument(each);
        return null;
      } catch (error) {
        return error instanceof InvalidSettings ? error.message : error.name;
      }
    });
  },
  async chosen() {
    return [instrument({ include: ['ai', 'openai'], exclude: ['ai'] }).libraries, metrics.getMeterProvider().constructor.name];
  },
  async secrets() {
    instrument({ redact: ['keys', 'email', 'cards', (text) => text.replace('Mallory', '[name]')], contentLimit: 90 });
    await new OpenAI().chat.completions.create(
      ask(`Mallory a@b.example 4111 1111 1111 1111 4111 1111 1111 1112 sk-proj-abcdefghijklmnop1234 ${'x'.repeat(200)}`),
    );
    return {};
  },
  async byHand() {
    instrument({ project: 'p-1' });
    const add = traced('add', (a, b) => a + b);
    const later = traced('later', async (a) => a * 2, { operation: 'execute_tool' });
    const items = traced(function* items() {
      yield 1;
      yield 2;
    });
    const stream = traced('stream', async function* () {
      yield await later(21);
    });
    const failing = traced('failing', async () => {
      throw new RangeError('no');
    }, { result: false });
    const seen = {};
    await span('request', { route: '/ask' }, async (opened) => {
      seen.sum = add(1, 2);
      seen.items = [...items()];
      seen.stream = [];
      for await (const each of stream()) seen.stream.push(each);
      seen.error = await failing().catch((error) => error.name);
      seen.id = feedback('helpful', true, { span: opened, explanation: 'short' }).length;
    });
    return seen;
  },
  async waiting() {
    instrument();
    await new OpenAI().chat.completions.create(ask());
    console.log('ready');
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    return {};
  },
  async handled() {
    instrument();
    await new OpenAI().chat.completions.create(ask());
    process.on('SIGTERM', () => setTimeout(() => process.exit(7), 300));
    console.log('ready');
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    return {};
  },
  async exits() {
    instrument();
    await new OpenAI().chat.completions.create(ask());
    process.exit(5);
  },
  async unhandled() {
    instrument();
    void new OpenAI({ maxRetries: 0 }).chat.completions.create(ask('fail')).then(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    return {};
  },
};

console.log(JSON.stringify(await CASES[process.argv[2]]()));
