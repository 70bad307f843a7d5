/**
 * Spans that libraries make themselves, in the names of OpenTelemetry's GenAI conventions and under our policy for content.
 *
 * Only what is exported to spanhouse is changed: the span that the program's own processors see stays the library's.
 */

import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { ContentPolicy } from './content.js';
import { guarded } from './errors.js';
import * as semconv from './semconv.js';

const ANTHROPIC = 'com.anthropic.sdk.typescript';
const AI = new Set(['gen_ai', 'ai']);

const CONTENT = [
  semconv.INPUT_MESSAGES, semconv.OUTPUT_MESSAGES, semconv.SYSTEM_INSTRUCTIONS, semconv.TOOL_DEFINITIONS,
  semconv.TOOL_CALL_ARGUMENTS, semconv.TOOL_CALL_RESULT,
];

/** An exporter that normalises on the way, and keeps what is on its way. */
export class Normalising implements SpanExporter {
  readonly underWay = new Set<ReadableSpan[]>();

  constructor(
    readonly inner: SpanExporter,
    readonly content: ContentPolicy,
  ) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    const normalised = this.normalised(spans);
    this.underWay.add(normalised);
    this.inner.export(normalised, (result) => {
      this.underWay.delete(normalised);
      done(result);
    });
  }

  normalised(spans: ReadableSpan[]): ReadableSpan[] {
    return spans.map((span) => guarded('normalising a span', () => normal(span, this.content)) ?? span);
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }

  forceFlush(): Promise<void> {
    return this.inner.forceFlush?.() ?? Promise.resolve();
  }
}

function normal(span: ReadableSpan, content: ContentPolicy): ReadableSpan {
  const scope = span.instrumentationScope.name;
  if (scope.startsWith(ANTHROPIC)) return changed(span, ...anthropic(span, content));
  if (AI.has(scope)) return changed(span, span.name, renamed(policed({ ...span.attributes }, content)));
  return span;
}

/** The same span but for its name and attributes. */
function changed(span: ReadableSpan, name: string, attributes: Attributes): ReadableSpan {
  return Object.create(span, { name: { value: name }, attributes: { value: attributes } }) as ReadableSpan;
}

function anthropic(span: ReadableSpan, content: ContentPolicy): [string, Attributes] {
  const attributes = policed({ ...span.attributes }, content);
  const stopped = attributes['anthropic.message.stop_reason'];
  if (typeof stopped === 'string' && attributes[semconv.RESPONSE_FINISH_REASONS] === undefined) {
    attributes[semconv.RESPONSE_FINISH_REASONS] = [stopped];
  }
  const operation = attributes[semconv.OPERATION_NAME];
  if (typeof operation !== 'string') return [span.name, attributes];
  const subject = attributes[semconv.REQUEST_MODEL] ?? attributes[semconv.TOOL_NAME] ?? attributes[semconv.AGENT_NAME];
  return [subject === undefined ? operation : `${operation} ${String(subject)}`, attributes];
}

/** What `@ai-sdk/otel` calls by an older name, or on a span what is a metric. */
const RENAMED: readonly (readonly [string, string])[] = [
  ['gen_ai.usage.cache_creation.input_tokens', semconv.USAGE_CACHE_WRITE_INPUT_TOKENS],
  ['gen_ai.client.operation.time_to_first_chunk', semconv.RESPONSE_TIME_TO_FIRST_CHUNK],
];

function renamed(attributes: Attributes): Attributes {
  for (const [before, after] of RENAMED) {
    if (attributes[before] === undefined) continue;
    attributes[after] ??= attributes[before];
    delete attributes[before];
  }
  return attributes;
}

function policed(attributes: Attributes, content: ContentPolicy): Attributes {
  for (const key of CONTENT) {
    const value = attributes[key];
    if (typeof value !== 'string') continue;
    if (content.captured) attributes[key] = content.written(parsed(value));
    else delete attributes[key];
  }
  return attributes;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
