/**
 * Spans of the program's own code: `trace()`, `span()`, and `feedback()` on what a span did.
 *
 * They work without `instrument()` too: then they write to the provider the program has set, if any.
 */

import { randomUUID } from 'node:crypto';
import { SpanKind, context, isSpanContextValid, trace as otel } from '@opentelemetry/api';
import type { Attributes, Span, SpanContext } from '@opentelemetry/api';
import { SeverityNumber, logs } from '@opentelemetry/api-logs';
import { now } from './clock.js';
import { guarded } from './errors.js';
import { errorType, failed } from './operation.js';
import * as semconv from './semconv.js';
import { telemetryByHand } from './telemetry.js';

const SUBJECTS: Readonly<Record<string, string>> = {
  invoke_agent: semconv.AGENT_NAME,
  invoke_workflow: semconv.WORKFLOW_NAME,
  execute_tool: semconv.TOOL_NAME,
  retrieval: semconv.DATA_SOURCE_ID,
  chat: semconv.REQUEST_MODEL,
  embeddings: semconv.REQUEST_MODEL,
};

export type OperationByHand = 'invoke_agent' | 'invoke_workflow' | 'execute_tool' | 'retrieval' | 'chat' | 'embeddings' | 'plan';

export interface TraceOptions {
  /** Makes it an agent, tool, retrieval ... of the GenAI conventions: the span is `{operation} {name}`. */
  operation?: OperationByHand;
  attributes?: Attributes;
  /** Whether the arguments are written, as JSON under the policy for content (true). */
  arguments?: boolean;
  /** Whether the result is written (true). */
  result?: boolean;
}

/**
 * Run `work` in a span called `name`; what it throws marks the span as failed and goes on.
 * The span ends when the work does: a promise's when it settles.
 */
export function span<T>(name: string, work: (span: Span) => T): T;
export function span<T>(name: string, attributes: Attributes, work: (span: Span) => T): T;
export function span<T>(name: string, ...rest: [(span: Span) => T] | [Attributes, (span: Span) => T]): T {
  const [attributes, work] = rest.length === 1 ? [{}, rest[0]] : rest;
  const opened = telemetryByHand().tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes, startTime: now() });
  return followed(opened, () => work(opened), () => undefined);
}

/**
 * `work` with a span around each call: sync, async, generator or async generator; arguments and result are written as JSON.
 * The function that comes back has the same name, length, `this` and result.
 */
export function trace<F extends (...args: never[]) => unknown>(name: string, work: F, options?: TraceOptions): F;
export function trace<F extends (...args: never[]) => unknown>(work: F, options?: TraceOptions): F;
export function trace(...given: unknown[]): unknown {
  const [name, work, options] = typeof given[0] === 'string' ? given : [(given[0] as () => unknown).name || 'anonymous', ...given];
  return traced(String(name), work as (...args: unknown[]) => unknown, (options as TraceOptions | undefined) ?? {});
}

function traced(name: string, work: (...args: unknown[]) => unknown, options: TraceOptions): unknown {
  const { operation, attributes, arguments: withArguments = true, result: withResult = true } = options;
  const subject = operation && SUBJECTS[operation];
  const isTool = operation === 'execute_tool';
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    const { tracer, content } = telemetryByHand();
    const opened = tracer.startSpan(operation ? `${operation} ${name}` : name, {
      kind: SpanKind.INTERNAL,
      startTime: now(),
      attributes: {
        ...attributes,
        [semconv.CODE_FUNCTION_NAME]: work.name || name,
        ...(operation ? { [semconv.OPERATION_NAME]: operation } : {}),
        ...(subject ? { [subject]: name } : {}),
      },
    });
    const write = (key: string, value: unknown): void => {
      if (!content.captured || value === undefined || !opened.isRecording()) return;
      guarded('reading what a function was given or gave', () => opened.setAttribute(key, content.written(value)));
    };
    if (withArguments && args.length) write(isTool ? semconv.TOOL_CALL_ARGUMENTS : semconv.FUNCTION_ARGUMENTS, args);
    const key = isTool ? semconv.TOOL_CALL_RESULT : semconv.FUNCTION_RESULT;
    return followed(opened, () => work.apply(this, args), (value) => withResult && write(key, value));
  };
  Object.defineProperty(wrapper, 'name', { value: work.name, configurable: true });
  Object.defineProperty(wrapper, 'length', { value: work.length, configurable: true });
  return wrapper;
}

/** Run `work` with `opened` as the current span, and end that when the work does. */
function followed<T>(opened: Span, work: () => T, returned: (value: unknown) => void): T {
  const inside = otel.setSpan(context.active(), opened);
  const end = (error?: { thrown: unknown }): void => {
    guarded('ending a span', () => {
      if (error) {
        opened.setAttribute(semconv.ERROR_TYPE, errorType(error.thrown));
        failed(opened, error.thrown);
      }
      opened.end(now());
    });
  };
  let value: unknown;
  try {
    value = context.with(inside, work);
  } catch (thrown) {
    end({ thrown });
    throw thrown;
  }
  if (isGenerator(value)) {
    followGenerator(value, inside, returned, end);
  } else if (value instanceof Promise) {
    // A branch of the promise, not a new one: its class and identity stay.
    value.then(
      (result) => {
        returned(result);
        end();
      },
      (thrown: unknown) => end({ thrown }),
    );
  } else {
    returned(value);
    end();
  }
  return value as T;
}

type AnyGenerator = Record<'next' | 'return' | 'throw', (given?: unknown) => unknown>;

const ITEMS_KEPT = 1_000;

function isGenerator(value: unknown): value is AnyGenerator {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Generator]' || tag === '[object AsyncGenerator]';
}

/** The generator itself comes back, with its own three methods shadowed, so that `instanceof` and identity stay. */
function followGenerator(
  generator: AnyGenerator,
  inside: ReturnType<typeof context.active>,
  returned: (value: unknown) => void,
  end: (error?: { thrown: unknown }) => void,
): void {
  const items: unknown[] = [];
  let ended = false;
  const finish = (error?: { thrown: unknown }): void => {
    if (ended) return;
    ended = true;
    if (items.length) returned(items);
    end(error);
  };
  const seen = (step: unknown): void => {
    const { done, value } = step as IteratorResult<unknown>;
    if (done) finish();
    else if (items.length < ITEMS_KEPT) items.push(value);
  };
  for (const method of ['next', 'return', 'throw'] as const) {
    const own = generator[method];
    const shadow = (...given: unknown[]): unknown => {
      let step: unknown;
      try {
        step = context.with(inside, () => Reflect.apply(own, generator, given));
      } catch (thrown) {
        finish({ thrown });
        throw thrown;
      }
      if (step instanceof Promise) step.then(seen, (thrown: unknown) => finish({ thrown }));
      else seen(step);
      return step;
    };
    Object.defineProperty(generator, method, { value: shadow, configurable: true, writable: true });
  }
}

export interface FeedbackOptions {
  /** The scored span, or its context; default: the current one. */
  span?: Span | SpanContext;
  explanation?: string;
  source?: 'human' | 'code' | 'llm';
  author?: string;
}

/**
 * Score a span: a number, true or false, or a category. Sent as OpenTelemetry's event `gen_ai.evaluation.result`.
 * Returns the annotation's id. Throws TypeError without a span.
 */
export function feedback(name: string, value: number | boolean | string, options: FeedbackOptions = {}): string {
  const scored = options.span ?? otel.getActiveSpan();
  const about = scored && 'spanContext' in scored ? scored.spanContext() : scored;
  if (!about || !isSpanContextValid(about)) {
    throw new TypeError(`feedback '${name}' has no span: call it inside a span, or give { span }`);
  }
  const annotation = randomUUID().replaceAll('-', '');
  const attributes: Record<string, string | number> = {
    [semconv.LOG_RECORD_UID]: annotation,
    [semconv.ANNOTATION_ID]: annotation,
    [semconv.ANNOTATION_SOURCE]: options.source ?? 'human',
    [semconv.EVALUATION_NAME]: name,
  };
  if (typeof value === 'string') attributes[semconv.EVALUATION_SCORE_LABEL] = value;
  else attributes[semconv.EVALUATION_SCORE_VALUE] = Number(value);
  if (typeof value === 'boolean') attributes[semconv.EVALUATION_SCORE_LABEL] = String(value);
  if (options.explanation !== undefined) attributes[semconv.EVALUATION_EXPLANATION] = options.explanation;
  if (options.author !== undefined) attributes[semconv.ANNOTATION_AUTHOR] = options.author;
  logs.getLogger(semconv.SCOPE).emit({
    eventName: semconv.EVALUATION_RESULT,
    severityNumber: SeverityNumber.INFO,
    attributes,
    context: otel.setSpanContext(context.active(), about),
  });
  return annotation;
}
