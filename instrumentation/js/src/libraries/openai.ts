/**
 * `openai`: chat completions, responses, embeddings and legacy completions; streams, `.parse()`, `.stream()`, `withResponse()`,
 * `asResponse()`, Azure. `.parse()` and `.stream()` go through `create()`, so one place sees each request once.
 */

import { context } from '@opentelemetry/api';
import type { Exports, Library, Module, Patches } from '../engine.js';
import { guarded } from '../errors.js';
import { chatMessage, contentParts, message, reasoning, text, toolCall, toolCallResponse, toolDefinitions, type Message } from '../messages.js';
import { Invocation, type Answer, type Given, type Operation } from '../operation.js';
import * as semconv from '../semconv.js';
import { foldResponse, followStream, type Fold } from '../streams.js';
import { telemetry } from '../telemetry.js';
import { ChatFold, completion } from './openai-chat.js';

/** Providers that are called with this SDK by another base URL. */
const HOSTS: Readonly<Record<string, string>> = {
  'api.deepseek.com': 'deepseek', 'api.x.ai': 'x_ai', 'api.groq.com': 'groq', 'api.mistral.ai': 'mistral_ai',
  'api.perplexity.ai': 'perplexity', 'api.moonshot.ai': 'moonshot_ai',
};

const PARAMETERS: Readonly<Record<string, string>> = {
  temperature: 'gen_ai.request.temperature',
  top_p: 'gen_ai.request.top_p',
  frequency_penalty: 'gen_ai.request.frequency_penalty',
  presence_penalty: 'gen_ai.request.presence_penalty',
  seed: 'gen_ai.request.seed',
  n: 'gen_ai.request.choice.count',
  max_tokens: 'gen_ai.request.max_tokens',
  max_completion_tokens: 'gen_ai.request.max_tokens',
  max_output_tokens: 'gen_ai.request.max_tokens',
  reasoning_effort: semconv.REQUEST_REASONING_LEVEL,
  service_tier: semconv.OPENAI_REQUEST_SERVICE_TIER,
};

/** A method of the SDK: what it asks, and how its answers are read. */
interface Method {
  operation: (body: any, common: Given) => Omit<Operation, 'provider' | 'subject'>;
  whole: (result: any) => Answer;
  fold: () => Fold;
}

const chat: Method = {
  operation: (body, common) => ({
    name: 'chat',
    attributes: common,
    content: () => ({
      [semconv.INPUT_MESSAGES]: (body.messages ?? []).map((each: any) => chatMessage(each)),
      [semconv.TOOL_DEFINITIONS]: toolDefinitions(body.tools),
    }),
  }),
  whole: completion,
  fold: () => new ChatFold(),
};

const responses: Method = {
  operation: (body, common) => ({
    name: 'chat',
    attributes: {
      ...common,
      [semconv.REQUEST_PREVIOUS_RESPONSE_ID]: body.previous_response_id,
      [semconv.CONVERSATION_ID]: typeof body.conversation === 'string' ? body.conversation : body.conversation?.id,
      [semconv.REQUEST_REASONING_LEVEL]: body.reasoning?.effort,
    },
    content: () => ({
      [semconv.SYSTEM_INSTRUCTIONS]: body.instructions ? contentParts(body.instructions) : undefined,
      [semconv.INPUT_MESSAGES]: typeof body.input === 'string' ? [message('user', [text(body.input)])] : (body.input ?? []).map((each: any) => item(each)),
      [semconv.TOOL_DEFINITIONS]: toolDefinitions(body.tools),
    }),
  }),
  whole: responded,
  fold: () => new ResponseFold(),
};

const embeddings: Method = {
  operation: (body, common) => ({
    name: 'embeddings',
    attributes: {
      ...common,
      [semconv.EMBEDDINGS_DIMENSION_COUNT]: body.dimensions,
      [semconv.REQUEST_ENCODING_FORMATS]: typeof body.encoding_format === 'string' ? [body.encoding_format] : undefined,
    },
  }),
  whole: (result) => ({
    attributes: {
      [semconv.RESPONSE_MODEL]: result.model,
      [semconv.EMBEDDINGS_DIMENSION_COUNT]: typeof result.data?.[0]?.embedding === 'string' ? undefined : result.data?.[0]?.embedding?.length,
      [semconv.USAGE_INPUT_TOKENS]: result.usage?.prompt_tokens,
    },
  }),
  fold: () => new ChatFold(),
};

const completions: Method = {
  operation: (body, common) => ({
    name: 'text_completion',
    attributes: common,
    content: () => ({
      [semconv.INPUT_MESSAGES]: [body.prompt].flat().filter((each) => typeof each === 'string').map((each) => message('user', [text(each)])),
    }),
  }),
  whole: completion,
  fold: () => new ChatFold(),
};

function module(path: string, name: string, method: Method): Module {
  return {
    path,
    esm: '.mjs',
    cjs: '.js',
    names: [name],
    patch: (exports: Exports, patches: Patches) => {
      patches.wrap(exports[name]?.prototype, 'create', (original) => function (body, ...rest) {
        const current = telemetry();
        const invocation = current && guarded(`starting ${path}`, () => new Invocation(current, asked(this, body ?? {}, method)));
        if (!invocation) return Reflect.apply(original, this, [body, ...rest]);
        let promise: any;
        try {
          promise = context.with(invocation.request, () => Reflect.apply(original, this, [body, ...rest]));
        } catch (error) {
          invocation.end(error);
          throw error;
        }
        guarded(`following ${path}`, () => followPromise(promise, { invocation, method, parsing: false, raw: false, seen: false }));
        return promise;
      });
    },
  };
}

export const openai: Library = {
  name: 'openai',
  package: 'openai',
  modules: [
    module('resources/chat/completions/completions', 'Completions', chat),
    module('resources/responses/responses', 'Responses', responses),
    module('resources/embeddings', 'Embeddings', embeddings),
    module('resources/completions', 'Completions', completions),
  ],
};

function asked(resource: any, body: any, method: Method): Operation {
  const client = resource._client;
  const base = String(client?.baseURL ?? '');
  const server = URL.canParse(base) ? new URL(base) : undefined;
  const port = Number(server?.port) || { 'https:': 443, 'http:': 80 }[server?.protocol ?? ''];
  const attributes: Given = { [semconv.REQUEST_MODEL]: body.model, [semconv.SERVER_ADDRESS]: server?.hostname, [semconv.SERVER_PORT]: port };
  for (const [name, attribute] of Object.entries(PARAMETERS)) {
    const value = body[name];
    if (typeof value === 'string' || typeof value === 'number') attributes[attribute] = value;
  }
  if (body.stop) attributes[semconv.REQUEST_STOP_SEQUENCES] = [body.stop].flat();
  if (body.stream === true) attributes[semconv.REQUEST_STREAM] = true;
  const format = body.response_format?.type ?? body.text?.format?.type;
  if (typeof format === 'string') attributes[semconv.OUTPUT_TYPE] = format.startsWith('json') ? 'json' : 'text';
  const azure = String(client?.constructor?.name).includes('Azure');
  const provider = azure ? 'azure.ai.openai' : (HOSTS[server?.hostname ?? ''] ?? 'openai');
  return { ...method.operation(body, attributes), subject: body.model, provider };
}

/** What is known of a request whose answer the program may take in several ways. */
interface Reading {
  invocation: Invocation;
  method: Method;
  /** The SDK parses the body. */
  parsing: boolean;
  /** The program takes the Response itself. */
  raw: boolean;
  seen: boolean;
}

/**
 * The SDK's APIPromise stays itself: its answer is seen where it is parsed. A response that the program takes raw
 * (`asResponse()`), or does not read at all, is read from a copy.
 */
function followPromise(promise: any, reading: Reading, transformed = false): void {
  const { invocation } = reading;
  const { asResponse, parse, parseResponse, responsePromise, _thenUnwrap } = promise;
  let read = false;
  promise.parseResponse = async function (this: unknown, ...given: unknown[]) {
    reading.parsing = true;
    let result: unknown;
    try {
      result = await Reflect.apply(parseResponse, this, given);
    } catch (error) {
      invocation.end(error);
      throw error;
    }
    if (!transformed) answered(result, reading);
    return result;
  };
  // In the SDK's place, not beside it: an unhandled rejection stays the program's to see.
  promise.responsePromise = responsePromise.then(
    (props: any) => {
      guarded('seeing a response', () => responseCame(props.response, reading));
      return props;
    },
    (error: unknown) => {
      invocation.end(error);
      throw error;
    },
  );
  own(promise, 'parse', () => {
    read = true;
    return Reflect.apply(parse, promise, []);
  });
  own(promise, 'asResponse', () => {
    // withResponse() of older versions parses first, and then asks for the response too.
    if (!read) reading.raw = true;
    return Reflect.apply(asResponse, promise, []);
  });
  own(promise, '_thenUnwrap', (transform: (...given: unknown[]) => unknown) => {
    const derived = Reflect.apply(_thenUnwrap, promise, [
      (result: unknown, ...given: unknown[]) => {
        answered(result, reading);
        return transform(result, ...given);
      },
    ]);
    // What is derived rejects with the same error; this one is then nobody's to handle.
    promise.responsePromise.catch(() => undefined);
    followPromise(derived, reading, true);
    return derived;
  });
}

function responseCame(response: Response, reading: Reading): void {
  if (reading.raw) copied(response, reading);
  else setImmediate(() => reading.parsing || guarded('reading an unread response', () => copied(response, reading)));
}

function copied(response: Response, { invocation, method, seen }: Reading): void {
  if (invocation.ended || seen) return;
  if (response.bodyUsed) return invocation.end();
  foldResponse(response.clone(), invocation, method.fold(), method.whole).catch((error: unknown) => invocation.end(error));
}

function own(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

function answered(result: any, reading: Reading): void {
  if (reading.seen) return;
  reading.seen = true;
  const { invocation, method } = reading;
  guarded('reading an answer', () => {
    if (typeof result?.iterator === 'function' && 'controller' in result) {
      followStream(result, invocation, method.fold());
      return;
    }
    invocation.answer(method.whole(result));
    invocation.end();
  });
}

/** One item of a response's input or output, as a message. */
function item(each: any, finishReason?: string): Message {
  switch (each?.type) {
    case 'function_call':
    case 'custom_tool_call':
      return message('assistant', [toolCall(each.call_id, each.name, each.arguments ?? each.input)], finishReason);
    case 'function_call_output':
    case 'custom_tool_call_output':
      return message('tool', [toolCallResponse(each.call_id, each.output)]);
    case 'reasoning':
      return message('assistant', [...(each.summary ?? []), ...(each.content ?? [])].map((part: any) => reasoning(part.text ?? '')), finishReason);
    case 'message':
    case undefined:
      return message(each?.role ?? 'user', contentParts(each?.content), finishReason);
    default:
      return message('assistant', [{ ...each }], finishReason);
  }
}

function responded(result: any): Answer {
  const output: any[] = result.output ?? [];
  const reason = reasonOf(result, output);
  return {
    attributes: {
      [semconv.RESPONSE_ID]: result.id,
      [semconv.RESPONSE_MODEL]: result.model,
      [semconv.RESPONSE_FINISH_REASONS]: reason === undefined ? undefined : [reason],
      [semconv.OPENAI_RESPONSE_SERVICE_TIER]: result.service_tier,
      ...responseUsage(result.usage),
    },
    content: () => ({ [semconv.OUTPUT_MESSAGES]: output.map((each) => item(each, reason)) }),
    ...(result.status === 'failed' ? { error: result.error?.code ?? 'failed' } : {}),
  };
}

/** The responses API has no finish reason; what it says instead, in the words of the chat API. */
function reasonOf(result: any, output: any[]): string | undefined {
  if (result.status === 'incomplete') {
    const why = result.incomplete_details?.reason;
    return why === 'max_output_tokens' ? 'length' : why;
  }
  if (result.status !== 'completed') return undefined;
  return output.some((each) => String(each.type).endsWith('_call') && each.call_id !== undefined) ? 'tool_calls' : 'stop';
}

function responseUsage(used: any): Given {
  if (!used) return {};
  return {
    [semconv.USAGE_INPUT_TOKENS]: used.input_tokens,
    [semconv.USAGE_OUTPUT_TOKENS]: used.output_tokens,
    [semconv.USAGE_CACHE_READ_INPUT_TOKENS]: used.input_tokens_details?.cached_tokens || undefined,
    [semconv.USAGE_CACHE_WRITE_INPUT_TOKENS]: used.input_tokens_details?.cache_write_tokens || undefined,
    [semconv.USAGE_REASONING_OUTPUT_TOKENS]: used.output_tokens_details?.reasoning_tokens || undefined,
  };
}

/** The last response that the events of a stream told of. */
class ResponseFold implements Fold {
  #response: any = {};

  add(event: any): void {
    if (event?.response) this.#response = event.response;
  }

  answer(): Answer {
    return responded(this.#response);
  }
}
