/**
 * LangChain.js and LangGraph.js, through `@langchain/core`: one callback handler in each run, and OpenTelemetry's context
 * around what runs inside (models, tools, nodes), so that an SDK called there finds its parent.
 *
 * A model call is told by the provider's SDK where that is traced; LangChain's own span of it is written only if none was.
 */

import { SpanKind, context, type Context } from '@opentelemetry/api';
import type { Exports, Library, Patches } from '../engine.js';
import { guarded } from '../errors.js';
import { ModelCall, insideModelCall, modelCall } from '../context.js';
import { contentParts, message, reasoning, text, toolCall, toolCallResponse, type Message, type Part } from '../messages.js';
import { Invocation, type Answer, type Given, type Operation } from '../operation.js';
import * as semconv from '../semconv.js';
import { telemetry } from '../telemetry.js';

interface Run {
  context: Context;
  invocation?: Invocation | undefined;
}

const runs = new Map<string, Run>();

export const langchain: Library = {
  name: 'langchain',
  package: '@langchain/core',
  modules: [
    { path: 'dist/callbacks/manager', esm: '.js', cjs: '.cjs', names: ['CallbackManager'], patch: addHandler },
    { path: 'dist/language_models/chat_models', esm: '.js', cjs: '.cjs', names: ['BaseChatModel'], patch: (exports, patches) => modelClass(exports.BaseChatModel, patches) },
    { path: 'dist/language_models/llms', esm: '.js', cjs: '.cjs', names: ['BaseLLM'], patch: (exports, patches) => modelClass(exports.BaseLLM, patches) },
    { path: 'dist/singletons/async_local_storage/index', esm: '.js', cjs: '.cjs', names: ['AsyncLocalStorageProviderSingleton'], patch: insideRuns },
  ],
};

function addHandler(exports: Exports, patches: Patches): void {
  patches.wrap(exports.CallbackManager, '_configureSync', (original) => function (inheritable, ...rest) {
    let managed = inheritable;
    guarded('adding the handler', () => {
      if (!telemetry()) return;
      if (inheritable === undefined || inheritable === null) managed = [HANDLER];
      else if (Array.isArray(inheritable)) managed = inheritable.includes(HANDLER) ? inheritable : [...inheritable, HANDLER];
      else if (!inheritable.handlers?.includes(HANDLER)) inheritable.addHandler(HANDLER, true);
    });
    return Reflect.apply(original, this, [managed, ...rest]);
  });
}

/** Run models in the context of the run around them, in which an SDK's span says that it told the call. */
function modelClass(kind: any, patches: Patches): void {
  patches.wrap(kind?.prototype, '_generateUncached', (original) => function (...given) {
    const around = telemetry() && guarded('starting a model', () => insideModel(given[2]));
    return around ? context.with(around, () => Reflect.apply(original, this, given)) : Reflect.apply(original, this, given);
  });
  patches.wrap(kind?.prototype, '_streamIterator', (original) => function (...given) {
    const stream = Reflect.apply(original, this, given) as AsyncGenerator;
    const around = telemetry() && guarded('starting a stream', () => insideModel(given[1]));
    if (!around) return stream;
    for (const method of ['next', 'return', 'throw'] as const) {
      const own = stream[method];
      stream[method] = (...values: any[]) => context.with(around, () => Reflect.apply(own, stream, values));
    }
    return stream;
  });
}

function insideModel(config: any): Context {
  const parent: string | undefined = config?.callbacks?.getParentRunId?.();
  const around = (parent && runs.get(parent)?.context) || context.active();
  return insideModelCall(new ModelCall(true), around);
}

/** LangChain runs tools, lambdas and graph nodes through this one method. */
function insideRuns(exports: Exports, patches: Patches): void {
  const provider = Object.getPrototypeOf(exports.AsyncLocalStorageProviderSingleton);
  patches.wrap(provider, 'runWithConfig', (original) => function (config, ...rest) {
    const parent: string | undefined = config?.callbacks?.getParentRunId?.() ?? config?.callbacks?._parentRunId;
    const run = parent ? runs.get(parent) : undefined;
    return run ? context.with(run.context, () => Reflect.apply(original, this, [config, ...rest])) : Reflect.apply(original, this, [config, ...rest]);
  });
}

function start(runId: string, parentRunId: string | undefined, operation: Operation | undefined): void {
  guarded('a run starts', () => {
    const current = telemetry();
    const active = context.active();
    const around = (parentRunId && runs.get(parentRunId)?.context) || active;
    if (!operation || !current) {
      runs.set(runId, { context: around });
      return;
    }
    const call = modelCall(active);
    const invocation = operation.framework
      ? new Invocation(current, operation, around, call?.framework ? call : undefined)
      : new Invocation(current, operation, around);
    runs.set(runId, { context: invocation.context, invocation });
  });
}

function end(runId: string, answer?: (() => Answer) | undefined, error?: unknown): void {
  guarded('a run ends', () => {
    const { invocation } = runs.get(runId) ?? {};
    runs.delete(runId);
    if (!invocation) return;
    if (answer) guarded('reading what a run gave', () => invocation.answer(answer()));
    // A graph that is interrupted throws to get out; it did not fail.
    invocation.end(error !== undefined && /Interrupt|ParentCommand/.test((error as Error)?.name) ? undefined : error);
  });
}

/** Has the methods of LangChain's callback handlers. */
const HANDLER = {
  name: 'spanhouse',
  lc_serializable: false,
  awaitHandlers: true,
  raiseError: false,
  ignoreLLM: false,
  ignoreChain: false,
  ignoreAgent: false,
  ignoreRetriever: false,
  ignoreCustomEvent: true,

  copy() {
    return HANDLER;
  },

  handleChatModelStart(model: any, lists: any[][], runId: string, parentRunId?: string, extra?: any, _tags?: string[], metadata?: any) {
    start(runId, parentRunId, asked(metadata, extra, model, () => (lists[0] ?? []).map(told)));
  },

  handleLLMStart(model: any, prompts: string[], runId: string, parentRunId?: string, extra?: any, _tags?: string[], metadata?: any) {
    start(runId, parentRunId, asked(metadata, extra, model, () => prompts.map((each) => message('user', [text(each)]))));
  },

  handleLLMNewToken(_token: string, _index: unknown, runId: string) {
    runs.get(runId)?.invocation?.chunk();
  },

  handleLLMEnd(output: any, runId: string) {
    end(runId, () => generated(output));
  },

  handleLLMError(error: unknown, runId: string) {
    end(runId, undefined, error);
  },

  handleChainStart(chain: any, inputs: any, runId: string, parentRunId?: string, _tags?: string[], metadata?: any, _type?: string, name?: string) {
    start(runId, parentRunId, workflow(chain, inputs, parentRunId, metadata, name));
  },

  handleChainEnd(outputs: any, runId: string) {
    end(runId, () => ({ content: () => ({ [semconv.OUTPUT_MESSAGES]: outcome(outputs) }) }));
  },

  handleChainError(error: unknown, runId: string) {
    end(runId, undefined, error);
  },

  handleToolStart(tool: any, input: string, runId: string, parentRunId?: string, _tags?: string[], _metadata?: any, name?: string, callId?: string) {
    const called = name ?? tool?.name ?? tool?.id?.at(-1) ?? 'tool';
    start(runId, parentRunId, {
      name: 'execute_tool',
      subject: called,
      kind: SpanKind.INTERNAL,
      attributes: { [semconv.TOOL_NAME]: called, [semconv.TOOL_TYPE]: 'function', [semconv.TOOL_CALL_ID]: callId },
      content: () => ({ [semconv.TOOL_CALL_ARGUMENTS]: input }),
    });
  },

  handleToolEnd(output: any, runId: string) {
    end(runId, () => ({ content: () => ({ [semconv.TOOL_CALL_RESULT]: output?.content ?? output }), ...(output?.status === 'error' ? { error: 'tool_error' } : {}) }));
  },

  handleToolError(error: unknown, runId: string) {
    end(runId, undefined, error);
  },

  handleRetrieverStart(retriever: any, query: string, runId: string, parentRunId?: string, _tags?: string[], _metadata?: any, name?: string) {
    const source = name ?? retriever?.id?.at(-1);
    start(runId, parentRunId, {
      name: 'retrieval',
      subject: source,
      attributes: { [semconv.DATA_SOURCE_ID]: source },
      content: () => ({ [semconv.RETRIEVAL_QUERY_TEXT]: query }),
    });
  },

  handleRetrieverEnd(documents: any[], runId: string) {
    end(runId, () => ({
      content: () => ({
        [semconv.RETRIEVAL_DOCUMENTS]: documents.map((each, place) => ({ id: each.id ?? String(place), content: each.pageContent, metadata: each.metadata })),
      }),
    }));
  },

  handleRetrieverError(error: unknown, runId: string) {
    end(runId, undefined, error);
  },
};

/** The outermost run, and each graph inside; the steps between are only a way to what they run. */
function workflow(chain: any, inputs: any, parentRunId: string | undefined, metadata: any, name: string | undefined): Operation | undefined {
  const kind: string = name ?? chain?.name ?? chain?.id?.at(-1) ?? 'chain';
  const agent: string | undefined = metadata?.lc_agent_name;
  const isGraph = chain?.id?.includes?.('langgraph') && /Pregel|Graph/.test(chain.id.at(-1));
  if (parentRunId !== undefined && !isGraph) return undefined;
  const isAgent = isGraph;
  const subject = isAgent ? (agent ?? kind) : kind;
  return {
    name: isAgent ? 'invoke_agent' : 'invoke_workflow',
    subject,
    kind: SpanKind.INTERNAL,
    attributes: { [isAgent ? semconv.AGENT_NAME : semconv.WORKFLOW_NAME]: subject, [semconv.CONVERSATION_ID]: metadata?.thread_id },
    content: () => ({ [semconv.INPUT_MESSAGES]: income(inputs) }),
  };
}

function income(inputs: any): Message[] {
  const given = inputs?.messages ?? inputs?.input ?? inputs;
  if (Array.isArray(given)) return given.map(told);
  return [message('user', [text(typeof given === 'string' ? given : JSON.stringify(given))])];
}

function outcome(outputs: any): Message[] | undefined {
  const given = outputs?.messages?.at?.(-1) ?? outputs?.output ?? outputs;
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'string') return [message('assistant', [text(given)])];
  return [given._getType || given.getType ? told(given) : message('assistant', [text(JSON.stringify(given))])];
}

const ROLES: Readonly<Record<string, string>> = { human: 'user', ai: 'assistant', system: 'system', tool: 'tool', function: 'tool', developer: 'system' };

/** A message of LangChain, or what it takes for one. */
function told(each: any): Message {
  if (typeof each === 'string') return message('user', [text(each)]);
  if (Array.isArray(each)) return message(ROLES[each[0]] ?? String(each[0]), contentParts(each[1]));
  const type: string = each?.getType?.() ?? each?._getType?.() ?? each?.role ?? 'user';
  const role = ROLES[type] ?? type;
  if (role === 'tool') return message('tool', [toolCallResponse(each.tool_call_id, each.content)]);
  const parts: Part[] = [];
  for (const block of typeof each.content === 'string' ? [] : (each.content ?? [])) if (block.type === 'reasoning') parts.push(reasoning(block.reasoning ?? ''));
  const plain = typeof each.content === 'string' ? each.content : (each.content ?? []).filter((block: any) => !['reasoning', 'tool_use', 'tool_call'].includes(block.type));
  parts.push(...contentParts(plain));
  for (const call of each.tool_calls ?? []) parts.push(toolCall(call.id, call.name, call.args));
  return message(role, parts, each.response_metadata?.finish_reason);
}

function asked(metadata: any, extra: any, model: any, input: () => Message[]): Operation {
  const given = extra?.invocation_params ?? {};
  const name: string | undefined = metadata?.ls_model_name ?? given.model ?? given.model_name ?? model?.kwargs?.model;
  const attributes: Given = {
    [semconv.REQUEST_MODEL]: name,
    'gen_ai.request.temperature': metadata?.ls_temperature ?? undefined,
    'gen_ai.request.max_tokens': metadata?.ls_max_tokens ?? undefined,
  };
  return {
    name: 'chat',
    subject: name,
    provider: metadata?.ls_provider,
    attributes,
    framework: true,
    content: () => ({ [semconv.INPUT_MESSAGES]: input() }),
  };
}

function generated(output: any): Answer {
  const generations: any[] = output?.generations?.[0] ?? [];
  const first = generations[0]?.message;
  const used = first?.usage_metadata;
  const older = output?.llmOutput?.tokenUsage;
  const reason = first?.response_metadata?.finish_reason ?? generations[0]?.generationInfo?.finish_reason;
  return {
    attributes: {
      [semconv.RESPONSE_ID]: first?.response_metadata?.id ?? first?.id,
      [semconv.RESPONSE_MODEL]: first?.response_metadata?.model_name ?? first?.response_metadata?.model,
      [semconv.RESPONSE_FINISH_REASONS]: reason ? [reason] : undefined,
      [semconv.USAGE_INPUT_TOKENS]: used?.input_tokens ?? older?.promptTokens,
      [semconv.USAGE_OUTPUT_TOKENS]: used?.output_tokens ?? older?.completionTokens,
      [semconv.USAGE_CACHE_READ_INPUT_TOKENS]: used?.input_token_details?.cache_read || undefined,
      [semconv.USAGE_CACHE_WRITE_INPUT_TOKENS]: used?.input_token_details?.cache_creation || undefined,
      [semconv.USAGE_REASONING_OUTPUT_TOKENS]: used?.output_token_details?.reasoning || undefined,
    },
    content: () => ({
      [semconv.OUTPUT_MESSAGES]: generations.map((each) => (each.message ? told(each.message) : message('assistant', [text(each.text ?? '')], reason))),
    }),
  };
}
