/**
 * One operation of a library, from its start to its end: a span and its metrics.
 *
 * A library says what was asked (`Operation`) and what came back (`Answer`); everything else is here once.
 */

import { ROOT_CONTEXT, SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import type { Attributes, AttributeValue, Context, Span } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { now } from './clock.js';
import { ModelCall, insideModelCall, modelCall } from './context.js';
import { guarded } from './errors.js';
import * as semconv from './semconv.js';
import type { Telemetry } from './telemetry.js';

export type Given = Record<string, AttributeValue | null | undefined>;
/** Attribute to what is written there: a text as it is and the rest as JSON. Asked for only when content is captured. */
export type Content = () => Record<string, unknown>;

export const INFERENCE: ReadonlySet<string> = new Set(['chat', 'generate_content', 'text_completion', 'fetch_response']);
/** The operations that ask a model: of them there is one span per request of the provider. */
export const MODEL_CALLS: ReadonlySet<string> = new Set([
  ...INFERENCE, 'embeddings', 'rerank', 'image_generation', 'speech', 'transcription',
]);

/**
 * What was asked. The span is called `{name} {subject}`. `framework`: a model call of a layer above the provider's SDK,
 * told at its end, and only if nothing inside told it.
 */
export interface Operation {
  name: string;
  subject?: string | undefined;
  provider?: string | undefined;
  attributes?: Given;
  content?: Content;
  kind?: SpanKind;
  framework?: boolean;
}

/** What came back. `error`: the `error.type` of an answer that tells of a failure without an exception. */
export interface Answer {
  attributes?: Given;
  content?: Content;
  error?: string;
}

/** An operation under way; the library runs in `context`. Of several ends the first counts. */
export class Invocation {
  readonly call: ModelCall | undefined;
  context: Context;
  ended = false;
  span: Span | undefined;
  #answer: Answer = {};
  #firstChunk: number | undefined;
  readonly #parent: Context;
  readonly #started = now();
  readonly #began = performance.now();

  constructor(
    readonly telemetry: Telemetry,
    readonly operation: Operation,
    parent: Context = context.active(),
    call?: ModelCall,
  ) {
    this.context = this.#parent = parent;
    if (MODEL_CALLS.has(operation.name)) {
      const around = modelCall(parent);
      if (around && !operation.framework) around.told = true;
      this.call = call ?? new ModelCall(operation.framework ?? false);
      this.context = insideModelCall(this.call, parent);
    }
    if (operation.framework) return;
    this.#open();
    if (this.span) this.context = trace.setSpan(this.context, this.span);
  }

  /** The context for the HTTP request itself: without spans of HTTP instrumentations, unless they are asked for. */
  get request(): Context {
    return this.telemetry.httpSpans ? this.context : suppressTracing(this.context);
  }

  #open(): void {
    const { name, subject, provider, attributes, content, kind } = this.operation;
    const told: Attributes = { [semconv.OPERATION_NAME]: name };
    if (provider) told[semconv.PROVIDER_NAME] = provider;
    add(told, attributes);
    const options = { kind: kind ?? SpanKind.CLIENT, attributes: told, startTime: this.#started };
    this.span = this.telemetry.tracer.startSpan(subject ? `${name} ${subject}` : name, options, this.#parent);
    this.#write(content);
  }

  /** A chunk of a stream has come; the time of the first is kept. */
  chunk(): void {
    this.#firstChunk ??= (performance.now() - this.#began) / 1000;
  }

  /** Say what came back; it is written at the end. */
  answer(answer: Answer): void {
    this.#answer = answer;
  }

  /** End the span and record the metrics; `error` goes on to the program. */
  end(error?: unknown): void {
    if (this.ended) return;
    this.ended = true;
    guarded(`ending ${this.operation.name}`, () => {
      if (this.operation.framework) {
        if (this.call?.told) return;
        const around = modelCall(this.#parent);
        if (around) around.told = true;
        this.#open();
      }
      this.#close(error);
    });
  }

  #close(error: unknown): void {
    const seconds = (performance.now() - this.#began) / 1000;
    const span = this.span!;
    const answered: Attributes = {};
    add(answered, this.#answer.attributes);
    if (this.#firstChunk !== undefined && INFERENCE.has(this.operation.name)) {
      answered[semconv.RESPONSE_TIME_TO_FIRST_CHUNK] = this.#firstChunk;
    }
    const failure = error === undefined ? this.#answer.error : errorType(error);
    if (failure !== undefined) answered[semconv.ERROR_TYPE] = failure;
    try {
      span.setAttributes(answered);
      this.#write(this.#answer.content);
      if (failure !== undefined) failed(span, error);
    } finally {
      span.end(this.#started + seconds * 1000);
    }
    this.telemetry.record(this.operation, answered, seconds, trace.setSpan(ROOT_CONTEXT, span));
  }

  #write(content: Content | undefined): void {
    const { content: policy } = this.telemetry;
    if (!content || !policy.captured || !this.span?.isRecording()) return;
    guarded(`reading the content of ${this.operation.name}`, () => {
      for (const [key, value] of Object.entries(content())) {
        if (value !== undefined && value !== null) this.span!.setAttribute(key, policy.written(value));
      }
    });
  }
}

function add(to: Attributes, given: Given | undefined): void {
  for (const [key, value] of Object.entries(given ?? {})) {
    if (value !== undefined && value !== null) to[key] = value;
  }
}

/** Mark `span` as failed; an Error is recorded as the event `exception` too. */
export function failed(span: Span, error: unknown): void {
  if (error instanceof Error) span.recordException(error);
  const message = error instanceof Error ? error.message : error === undefined ? undefined : String(error);
  span.setStatus(message === undefined ? { code: SpanStatusCode.ERROR } : { code: SpanStatusCode.ERROR, message });
}

/** `error.type` of what was thrown: the class of an Error. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const kind = error.constructor?.name;
  return kind && kind !== 'Error' ? kind : error.name;
}
