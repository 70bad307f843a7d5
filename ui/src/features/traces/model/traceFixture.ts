/** Small skeletons for tests, written as one line per span. */
import type { Skeleton } from '../../../api/types';

export interface SpanLine {
  id: string;
  /** Index of the parent line, -1 root, -2 missing. */
  parent: number;
  start: number;
  length: number;
  name?: string;
  service?: string;
  status?: number;
  operation?: string;
  model?: string;
  input?: number;
  output?: number;
}

const hasUsed = ({ input = 0, output = 0 }: SpanLine) => input + output > 0;

function isBelow(lines: SpanLine[], line: SpanLine, top: number): boolean {
  for (let { parent } = line; parent >= 0; parent = lines[parent]!.parent) if (parent === top) return true;
  return false;
}

const dictionary = (texts: string[]) => [...new Set(texts)];

export function skeletonOf(lines: SpanLine[]): Skeleton {
  const names = dictionary(lines.map((l) => l.name ?? l.id));
  const services = dictionary(lines.map((l) => l.service ?? 'web'));
  const operations = dictionary(['', ...lines.map((l) => l.operation ?? '')]);
  const models = dictionary(['', ...lines.map((l) => l.model ?? '')]);
  const ends = lines.map((l) => l.start + l.length);
  return {
    trace_id: 'a'.repeat(32),
    start_time_unix_nano: '1764000000000000000',
    duration_nano: Math.max(...ends, 0) - Math.min(...lines.map((l) => l.start), 0),
    span_count: lines.length,
    shown_span_count: lines.length,
    error_count: lines.filter((l) => l.status === 2).length,
    services,
    names,
    operations,
    models,
    agents: [''],
    tools: [''],
    spans: {
      span_id: lines.map((l) => l.id),
      parent: lines.map((l) => l.parent),
      name: lines.map((l) => names.indexOf(l.name ?? l.id)),
      service: lines.map((l) => services.indexOf(l.service ?? 'web')),
      start: lines.map((l) => l.start),
      duration: lines.map((l) => l.length),
      status: lines.map((l) => l.status ?? 0),
      kind: lines.map(() => 1),
      event_count: lines.map(() => 0),
      operation: lines.map((l) => operations.indexOf(l.operation ?? '')),
      model: lines.map((l) => models.indexOf(l.model ?? '')),
      input_tokens: lines.map((l) => l.input ?? 0),
      output_tokens: lines.map((l) => l.output ?? 0),
      agent: lines.map(() => 0),
      tool: lines.map(() => 0),
      cache_read_tokens: lines.map(() => 0),
      cache_write_tokens: lines.map(() => 0),
      reasoning_tokens: lines.map(() => 0),
      audio_tokens: lines.map(() => 0),
      cost: lines.map(() => null),
      counted: lines.map((line, i) => hasUsed(line) && !lines.some((other) => hasUsed(other) && isBelow(lines, other, i))),
    },
  };
}

/** A chain in which every span is the child of the one before. */
export function chainSkeleton(length: number): Skeleton {
  const index = Array.from({ length }, (_, i) => i);
  const zeros = index.map(() => 0);
  return {
    ...skeletonOf([{ id: 'x', parent: -1, start: 0, length: 2 * length }]),
    span_count: length,
    shown_span_count: length,
    spans: {
      span_id: index.map((i) => i.toString(16).padStart(16, '0')),
      parent: index.map((i) => i - 1),
      name: zeros,
      service: zeros,
      start: index,
      duration: index.map((i) => 2 * (length - i)),
      status: zeros,
      kind: zeros,
      event_count: zeros,
      operation: zeros,
      model: zeros,
      input_tokens: zeros,
      output_tokens: zeros,
      agent: zeros,
      tool: zeros,
      cache_read_tokens: zeros,
      cache_write_tokens: zeros,
      reasoning_tokens: zeros,
      audio_tokens: zeros,
      cost: index.map(() => null),
      counted: index.map(() => false),
    },
  };
}
