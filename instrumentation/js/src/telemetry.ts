/** Where operations go: the tracer, the instruments of the metrics, and the policy for content. */

import { trace } from '@opentelemetry/api';
import type { Attributes, Context, Counter, Histogram, Meter, Tracer } from '@opentelemetry/api';
import { ContentPolicy } from './content.js';
import { INFERENCE, type Operation } from './operation.js';
import * as semconv from './semconv.js';

const MODEL_SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const AGENT_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200];
const FIRST_CHUNK_SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60];

const DIMENSIONS = [
  semconv.REQUEST_MODEL, semconv.RESPONSE_MODEL, semconv.SERVER_ADDRESS, semconv.SERVER_PORT,
  semconv.AGENT_NAME, semconv.TOOL_NAME, semconv.WORKFLOW_NAME, semconv.ERROR_TYPE,
];
const COUNTED = [
  semconv.USAGE_INPUT_TOKENS, semconv.USAGE_OUTPUT_TOKENS, semconv.USAGE_CACHE_READ_INPUT_TOKENS,
  semconv.USAGE_CACHE_WRITE_INPUT_TOKENS, semconv.USAGE_REASONING_OUTPUT_TOKENS,
];

/** The instruments of OpenTelemetry's GenAI metrics. */
export class Metrics {
  readonly #inference: Histogram;
  readonly #firstChunk: Histogram;
  readonly #durations: Record<string, Histogram>;
  readonly #other: Histogram;
  readonly #tokens: Record<string, Counter>;

  constructor(meter: Meter) {
    const seconds = (name: string, description: string, bounds: number[]): Histogram =>
      meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: bounds } });
    this.#inference = seconds('gen_ai.client.inference.duration', 'Duration of a model call', MODEL_SECONDS);
    this.#firstChunk = seconds('gen_ai.client.inference.time_to_first_chunk', 'Time to the first chunk', FIRST_CHUNK_SECONDS);
    this.#durations = {
      invoke_agent: seconds('gen_ai.invoke_agent.duration', 'Duration of an agent', AGENT_SECONDS),
      invoke_workflow: seconds('gen_ai.invoke_workflow.duration', 'Duration of a workflow', AGENT_SECONDS),
      execute_tool: seconds('gen_ai.execute_tool.duration', 'Duration of a tool call', AGENT_SECONDS),
    };
    this.#other = seconds('gen_ai.client.operation.duration', 'Duration of an operation', MODEL_SECONDS);
    this.#tokens = Object.fromEntries(
      COUNTED.map((key) => [
        key,
        meter.createCounter(key.replace('gen_ai.usage.', 'gen_ai.client.inference.usage.'), {
          unit: '{token}',
          description: 'Tokens used',
        }),
      ]),
    );
  }

  /** Record the end of `operation`, with the span of `around` as exemplar. */
  record(operation: Operation, answered: Attributes, seconds: number, around: Context): void {
    const dimensions: Attributes = { [semconv.OPERATION_NAME]: operation.name };
    if (operation.provider) dimensions[semconv.PROVIDER_NAME] = operation.provider;
    for (const key of DIMENSIONS) {
      const value = answered[key] ?? operation.attributes?.[key];
      if (value !== undefined && value !== null) dimensions[key] = value;
    }
    if (!INFERENCE.has(operation.name)) {
      (this.#durations[operation.name] ?? this.#other).record(seconds, dimensions, around);
      return;
    }
    this.#inference.record(seconds, dimensions, around);
    const first = answered[semconv.RESPONSE_TIME_TO_FIRST_CHUNK];
    if (typeof first === 'number') this.#firstChunk.record(first, dimensions, around);
    for (const [key, counter] of Object.entries(this.#tokens)) {
      const count = answered[key];
      if (typeof count === 'number') counter.add(count, dimensions, around);
    }
  }
}

/** What everything is written to. */
export class Telemetry {
  constructor(
    readonly tracer: Tracer,
    readonly content: ContentPolicy,
    readonly metrics: Metrics | undefined,
    readonly httpSpans: boolean,
  ) {}

  record(operation: Operation, answered: Attributes, seconds: number, around: Context): void {
    this.metrics?.record(operation, answered, seconds, around);
  }
}

let current: Telemetry | undefined;

/** What `instrument()` set up; undefined before it and after `uninstrument()`. */
export function telemetry(): Telemetry | undefined {
  return current;
}

export function use(next: Telemetry | undefined): void {
  current = next;
}

/** For spans by hand, which work without `instrument()` too: the program's own provider, if it has one. */
export function telemetryByHand(): Telemetry {
  return current ?? new Telemetry(trace.getTracer(semconv.SCOPE), new ContentPolicy(), undefined, true);
}
