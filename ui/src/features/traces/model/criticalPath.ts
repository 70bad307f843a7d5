/** The critical path as the server found it, beside the spans of the trace on screen. */
import type { CriticalPath as Answer } from '../../../api/types';
import { toAxis, type Cut } from './timeline';
import { findSpan, type Trace } from './tree';

export type Category = Answer['attribution'][number]['category'];

export interface CriticalPath {
  /** Position of the span that was waited for in each segment, ascending; -1 where no span ran. */
  owner: Int32Array;
  /** Nanoseconds after the trace's start. */
  from: Float64Array;
  to: Float64Array;
  category: Category[];
  /** What each category took, the largest first; they add up to the trace's duration. */
  attribution: Answer['attribution'];
  duration: number;
}

export const NO_PATH: CriticalPath = {
  owner: new Int32Array(0),
  from: new Float64Array(0),
  to: new Float64Array(0),
  category: [],
  attribution: [],
  duration: 0,
};

export const CATEGORY_LABELS: Record<Category, string> = {
  llm_wait: 'LLM wait',
  llm_decode: 'LLM decode',
  llm: 'LLM',
  embedding: 'embedding',
  retrieval: 'retrieval',
  tool: 'tool',
  agent: 'agent',
  http: 'HTTP',
  database: 'database',
  client: 'remote call',
  own: 'own code',
  idle: 'idle',
};

export const CATEGORY_NOTES: Record<Category, string> = {
  llm_wait: 'Waiting for the first part of a model’s answer',
  llm_decode: 'A model writing its answer after the first part',
  llm: 'Model calls that do not say when the first part came',
  embedding: 'Embedding of texts',
  retrieval: 'Search in documents',
  tool: 'A tool’s own work',
  agent: 'An agent’s own work between its calls',
  http: 'HTTP calls',
  database: 'Database calls',
  client: 'Other calls to something remote',
  own: 'Code with a span that calls nothing',
  idle: 'No span runs',
};

export function readCriticalPath(trace: Trace, answer: Answer): CriticalPath {
  const { spans, segments, attribution } = answer;
  const positions = spans.index.map((index, i) => {
    const p = trace.byStart[index] ?? -1;
    // The answer may be of a moment later than the spans on screen.
    return p >= 0 && trace.spanId[p] === spans.span_id[i] ? p : findSpan(trace, spans.span_id[i]!);
  });
  const owner = segments.span.map((span) => (span < 0 ? -1 : positions[span]!));
  const order = owner.map((_, i) => i).toSorted((a, b) => owner[a]! - owner[b]! || segments.start[a]! - segments.start[b]!);
  return {
    owner: Int32Array.from(order, (i) => owner[i]!),
    from: Float64Array.from(order, (i) => segments.start[i]!),
    to: Float64Array.from(order, (i) => segments.start[i]! + segments.duration[i]!),
    category: order.map((i) => attribution[segments.category[i]!]!.category),
    attribution,
    duration: answer.duration_nano,
  };
}

/** The same path in places of the axis. */
export function placePath(path: CriticalPath, cuts: readonly Cut[]): CriticalPath {
  if (cuts.length === 0) return path;
  const place = (time: number) => toAxis(cuts, time);
  return { ...path, from: path.from.map(place), to: path.to.map(place) };
}

/** First index into the path whose owner is p or later. */
export function firstOf(path: CriticalPath, p: number): number {
  let low = 0;
  let high = path.owner.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (path.owner[middle]! < p) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Segments by time, of one category or of all. */
export function listSegments(path: CriticalPath, category: Category | null): number[] {
  const found: number[] = [];
  path.category.forEach((of, i) => {
    if (category === null || of === category) found.push(i);
  });
  return found.toSorted((a, b) => path.from[a]! - path.from[b]!);
}
