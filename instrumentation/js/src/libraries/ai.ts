/**
 * `ai` (Vercel's AI SDK, from version 7): through its own setting for telemetry. An integration of ours is put where
 * `registerTelemetry()` puts them, so nothing is imported and nothing is wrapped.
 *
 * Where the program registers `@ai-sdk/otel` too, that one tells the calls and ours is silent.
 */

import { SpanKind, context, type Context } from '@opentelemetry/api';
import { media, reference } from '../content.js';
import type { Library } from '../engine.js';
import { guarded } from '../errors.js';
import { message, reasoning, text, toolCall, toolCallResponse, type Message, type Part } from '../messages.js';
import { Invocation, type Answer, type Given, type Operation } from '../operation.js';
import * as semconv from '../semconv.js';
import { telemetry } from '../telemetry.js';

const REGISTRY = 'AI_SDK_TELEMETRY_INTEGRATIONS';
const OTHERS = new Set(['OpenTelemetry', 'LegacyOpenTelemetry']);

/** Its names of providers, by their beginning, to the conventions'. */
const PROVIDERS: readonly (readonly [string, string])[] = [
  ['google.vertex', 'gcp.vertex_ai'], ['google-vertex', 'gcp.vertex_ai'], ['google', 'gcp.gemini'],
  ['amazon-bedrock', 'aws.bedrock'], ['bedrock', 'aws.bedrock'], ['azure-openai', 'azure.ai.openai'],
  ['azure', 'azure.ai.openai'], ['mistral', 'mistral_ai'], ['xai', 'x_ai'], ['moonshotai', 'moonshot_ai'],
];

const PARAMETERS: Readonly<Record<string, string>> = {
  temperature: 'gen_ai.request.temperature',
  topP: 'gen_ai.request.top_p',
  topK: 'gen_ai.request.top_k',
  frequencyPenalty: 'gen_ai.request.frequency_penalty',
  presencePenalty: 'gen_ai.request.presence_penalty',
  seed: 'gen_ai.request.seed',
  maxOutputTokens: 'gen_ai.request.max_tokens',
};

/** A call of generateText, streamText, embed ...: what is open of it. */
interface Call {
  around: Context;
  agent?: Invocation;
  model?: Invocation;
  streams: boolean;
  open: Map<string, Invocation>;
}

export const ai: Library = {
  name: 'ai',
  package: 'ai',
  modules: [],
  begin: (found, patches) => {
    if (Number(found.version.split('.')[0]) < 7) {
      return { state: 'skipped', why: `${found.version} has no telemetry integrations; 7 does` };
    }
    const registry: unknown[] = ((globalThis as any)[REGISTRY] ??= []);
    const ours = new Integration();
    registry.push(ours);
    patches.later(() => {
      const place = registry.indexOf(ours);
      if (place !== -1) registry.splice(place, 1);
    });
    return undefined;
  },
};

/** Has the methods of the AI SDK's interface `Telemetry`. */
class Integration {
  readonly #calls = new Map<string, Call>();

  onStart(event: any): void {
    guarded('ai: a call starts', () => {
      const others: unknown[] = (globalThis as any)[REGISTRY] ?? [];
      if (others.some((each: any) => OTHERS.has(each?.constructor?.name))) return;
      const call: Call = { around: context.active(), streams: /stream/i.test(event.operationId), open: new Map() };
      this.#calls.set(event.callId, call);
      const agent: string | undefined = event.functionId;
      const hasTools = event.tools && Object.keys(event.tools).length > 0;
      // A plain question to a model is its model call, and no agent.
      if (!/Text$|Agent/.test(event.operationId) || (agent === undefined && !hasTools)) return;
      const opened = this.#start(call, {
        name: 'invoke_agent',
        subject: agent,
        kind: SpanKind.INTERNAL,
        attributes: { [semconv.AGENT_NAME]: agent, [semconv.REQUEST_MODEL]: event.modelId },
        content: () => ({
          [semconv.SYSTEM_INSTRUCTIONS]: instructions(event.instructions ?? event.system),
          [semconv.INPUT_MESSAGES]: messages(event.messages ?? event.prompt),
        }),
      });
      if (!opened) return;
      call.agent = opened;
      call.around = opened.context;
    });
  }

  onLanguageModelCallStart(event: any): void {
    this.#with(event, 'a model call starts', (call) => {
      // A retry starts anew without an end of what failed.
      call.model?.end(new Error('the call was tried again'));
      delete call.model;
      const model = this.#start(call, asked('chat', event, call.streams));
      if (model) call.model = model;
    });
  }

  onLanguageModelCallEnd(event: any): void {
    this.#with(event, 'a model call ends', (call) => {
      call.model?.answer(answer(event, event.performance?.timeToFirstOutputMs, call.streams));
      call.model?.end();
      delete call.model;
    });
  }

  onObjectStepStart(event: any): void {
    this.onLanguageModelCallStart({ ...event, messages: event.promptMessages ?? event.messages });
  }

  onObjectStepEnd(event: any): void {
    const content = [{ type: 'text', text: event.objectText ?? '' }];
    const response = event.response ?? {};
    this.onLanguageModelCallEnd({
      ...event, content, responseId: response.id, modelId: response.modelId ?? event.modelId,
      performance: { timeToFirstOutputMs: event.msToFirstChunk },
    });
  }

  executeLanguageModelCall<T>({ callId, execute }: { callId: string; execute: () => PromiseLike<T> }): PromiseLike<T> {
    const model = this.#calls.get(callId)?.model;
    return model ? context.with(model.request, execute) : execute();
  }

  onToolExecutionStart(event: any): void {
    this.#with(event, 'a tool starts', (call) => {
      const { toolCallId, toolName, input } = event.toolCall;
      const tool = this.#start(call, {
        name: 'execute_tool',
        subject: toolName,
        kind: SpanKind.INTERNAL,
        attributes: { [semconv.TOOL_NAME]: toolName, [semconv.TOOL_CALL_ID]: toolCallId, [semconv.TOOL_TYPE]: 'function' },
        content: () => ({ [semconv.TOOL_CALL_ARGUMENTS]: input }),
      });
      if (tool) call.open.set(toolCallId, tool);
    });
  }

  executeTool<T>({ callId, toolCallId, execute }: { callId: string; toolCallId: string; execute: () => PromiseLike<T> }): PromiseLike<T> {
    const tool = this.#calls.get(callId)?.open.get(toolCallId);
    return tool ? context.with(tool.context, execute) : execute();
  }

  onToolExecutionEnd(event: any): void {
    this.#with(event, 'a tool ends', (call) => {
      const { toolOutput } = event;
      const tool = call.open.get(event.toolCall.toolCallId);
      call.open.delete(event.toolCall.toolCallId);
      if (toolOutput?.type === 'tool-error') return tool?.end(toolOutput.error);
      tool?.answer({ content: () => ({ [semconv.TOOL_CALL_RESULT]: toolOutput?.output }) });
      tool?.end();
    });
  }

  onEmbedStart(event: any): void {
    this.#with(event, 'an embedding starts', (call) => {
      const embedding = this.#start(call, {
        name: 'embeddings',
        subject: event.modelId,
        provider: provider(event.provider),
        attributes: { [semconv.REQUEST_MODEL]: event.modelId, [semconv.EMBEDDINGS_DIMENSION_COUNT]: event.dimensions },
      });
      if (embedding) call.open.set(event.embedCallId, embedding);
    });
  }

  onEmbedEnd(event: any): void {
    this.#with(event, 'an embedding ends', (call) => {
      const embedding = call.open.get(event.embedCallId);
      call.open.delete(event.embedCallId);
      embedding?.answer({
        attributes: {
          [semconv.USAGE_INPUT_TOKENS]: Number.isFinite(event.usage?.tokens) ? event.usage.tokens : undefined,
          [semconv.EMBEDDINGS_DIMENSION_COUNT]: event.embeddings?.[0]?.length,
        },
      });
      embedding?.end();
    });
  }

  onEnd(event: any): void {
    this.#with(event, 'a call ends', (call) => {
      call.agent?.answer({
        content: () => ({
          [semconv.OUTPUT_MESSAGES]: event.text ? [message('assistant', [text(event.text)], finishReason(event.finishReason))] : undefined,
        }),
      });
      this.#close(event.callId, call);
    });
  }

  onAbort(event: any): void {
    this.#with(event, 'a call is aborted', (call) => this.#close(event.callId, call));
  }

  onError(event: any): void {
    this.#with(event, 'a call fails', (call) => this.#close(event.callId, call, event.error ?? new Error('unknown')));
  }

  #close(callId: string, call: Call, error?: unknown): void {
    this.#calls.delete(callId);
    for (const each of call.open.values()) each.end(error);
    call.model?.end(cause(error));
    call.agent?.end(cause(error));
  }

  #with(event: any, what: string, work: (call: Call) => void): void {
    guarded(`ai: ${what}`, () => {
      const call = this.#calls.get(event?.callId);
      if (call) work(call);
    });
  }

  #start(call: Call, operation: Operation): Invocation | undefined {
    const current = telemetry();
    return current && new Invocation(current, operation, call.around);
  }
}

/** The SDK wraps the provider's error when its retries are used up. */
function cause(error: any): unknown {
  return error?.lastError ?? error;
}

function provider(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const known = PROVIDERS.find(([prefix]) => name === prefix || name.startsWith(`${prefix}.`) || name.startsWith(`${prefix}-`));
  return known ? known[1] : name.split('.')[0];
}

function asked(name: string, event: any, streams: boolean): Operation {
  const attributes: Given = { [semconv.REQUEST_MODEL]: event.modelId };
  for (const [setting, attribute] of Object.entries(PARAMETERS)) if (typeof event[setting] === 'number') attributes[attribute] = event[setting];
  if (event.stopSequences?.length) attributes[semconv.REQUEST_STOP_SEQUENCES] = event.stopSequences;
  if (streams) attributes[semconv.REQUEST_STREAM] = true;
  return {
    name,
    subject: event.modelId,
    provider: provider(event.provider),
    attributes,
    content: () => ({
      [semconv.SYSTEM_INSTRUCTIONS]: instructions(event.instructions ?? event.system),
      [semconv.INPUT_MESSAGES]: messages(event.messages),
      [semconv.TOOL_DEFINITIONS]: event.tools?.length ? event.tools.map(definition) : undefined,
    }),
  };
}

function definition(tool: any): Part {
  const { type, name, description, inputSchema } = tool;
  return { type: type ?? 'function', name, ...(description ? { description } : {}), ...(inputSchema ? { parameters: inputSchema } : {}) };
}

function answer(event: any, firstMilliseconds: number | undefined, streams: boolean): Answer {
  const { usage } = event;
  const url = event.request?.url;
  const server = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  const reason = finishReason(event.finishReason);
  return {
    attributes: {
      [semconv.SERVER_ADDRESS]: server?.hostname,
      [semconv.SERVER_PORT]: server && (Number(server.port) || (server.protocol === 'https:' ? 443 : 80)),
      [semconv.RESPONSE_ID]: event.responseId,
      [semconv.RESPONSE_MODEL]: event.modelId,
      [semconv.RESPONSE_FINISH_REASONS]: reason ? [reason] : undefined,
      [semconv.RESPONSE_TIME_TO_FIRST_CHUNK]: streams && firstMilliseconds !== undefined ? firstMilliseconds / 1000 : undefined,
      [semconv.USAGE_INPUT_TOKENS]: usage?.inputTokens,
      [semconv.USAGE_OUTPUT_TOKENS]: usage?.outputTokens,
      [semconv.USAGE_CACHE_READ_INPUT_TOKENS]: usage?.inputTokenDetails?.cacheReadTokens || undefined,
      [semconv.USAGE_CACHE_WRITE_INPUT_TOKENS]: usage?.inputTokenDetails?.cacheWriteTokens || undefined,
      [semconv.USAGE_REASONING_OUTPUT_TOKENS]: usage?.outputTokenDetails?.reasoningTokens || undefined,
    },
    content: () => ({ [semconv.OUTPUT_MESSAGES]: event.content?.length ? [message('assistant', event.content.map(part), reason)] : undefined }),
    ...(event.finishReason === 'error' ? { error: '_OTHER' } : {}),
  };
}

/** Its hyphens are the conventions' underscores: tool-calls, content-filter. */
function finishReason(reason: unknown): string | undefined {
  return typeof reason === 'string' ? reason.replaceAll('-', '_') : undefined;
}

function instructions(given: any): Part[] | undefined {
  if (!given) return undefined;
  return [given].flat().map((each: any) => text(typeof each === 'string' ? each : String(each.content ?? '')));
}

function messages(given: any): Message[] | undefined {
  if (typeof given === 'string') return [message('user', [text(given)])];
  if (!Array.isArray(given) || !given.length) return undefined;
  return given.map((each) => message(each.role, typeof each.content === 'string' ? [text(each.content)] : (each.content ?? []).map(part)));
}

function part(each: any): Part {
  switch (each.type) {
    case 'text':
      return text(each.text);
    case 'reasoning':
      return reasoning(each.text);
    case 'tool-call':
      return toolCall(each.toolCallId, each.toolName, each.input);
    case 'tool-result':
      return toolCallResponse(each.toolCallId, each.output?.value ?? each.output);
    case 'tool-error':
      return toolCallResponse(each.toolCallId, each.error);
    case 'image':
    case 'file':
      return file(each);
    default:
      return { ...each };
  }
}

function file(each: any): Part {
  const mimeType: string | undefined = each.mediaType ?? each.file?.mediaType;
  const modality = each.type === 'image' ? 'image' : (/^(image|audio|video)/.exec(mimeType ?? '')?.[1] ?? 'document');
  const data = each.file?.base64 ?? each.data?.data ?? each.data?.url ?? each.data ?? each.image;
  if (data instanceof URL || /^(https?|data):/.test(String(data).slice(0, 8))) return media(modality, String(data));
  const bytes = typeof data === 'string' ? Buffer.from(data, 'base64') : new Uint8Array(data ?? []);
  return { type: 'blob', modality, ...reference(bytes, mimeType) };
}
