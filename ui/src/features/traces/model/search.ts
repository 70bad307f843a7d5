/** Search inside a trace: names and services here and at once, attributes by the server, one set of matches. */
import type { Trace } from './tree';

export interface Matches {
  /** 1 where the span matches. */
  is: Uint8Array;
  /** Matching positions, ascending. */
  positions: Int32Array;
}

export const NO_MATCHES: Matches = { is: new Uint8Array(0), positions: new Int32Array(0) };

/** A question for spans of one kind and name, as the graph asks it: tool:lookup_order. */
const FIELD = /^(agent|model|tool|retriever|service):(.+)$/;

export function writeField(kind: string, name: string): string {
  return `${kind}:${name}`;
}

export function isField(query: string): boolean {
  return FIELD.test(query.trim());
}

const OPERATIONS_OF: Record<string, (operation: string) => boolean> = {
  agent: (operation) => ['invoke_agent', 'invoke_workflow', 'create_agent'].includes(operation),
  tool: (operation) => operation === 'execute_tool',
  retriever: (operation) => ['retrieval', 'rerank', 'search_memory', 'embeddings'].includes(operation),
};

function searchField(trace: Trace, kind: string, name: string): Uint8Array {
  const found = new Uint8Array(trace.count);
  const isOf = OPERATIONS_OF[kind];
  const operations = trace.operations.map((operation) => isOf?.(operation) ?? true);
  // Conventions name a span "operation name".
  const names = trace.names.map((text) => text === name || text.endsWith(` ${name}`));
  for (let p = 0; p < trace.count; p++) {
    const hit =
      kind === 'model' ? trace.models[trace.model[p]!] === name
      : kind === 'service' ? trace.services[trace.service[p]!] === name
      : operations[trace.operation[p]!] && names[trace.name[p]!]; // prettier-ignore
    if (hit) found[p] = 1;
  }
  return found;
}

/** Every word must occur in the span's service, name, operation, model or id. */
export function searchTrace(trace: Trace, query: string): Uint8Array {
  const field = FIELD.exec(query.trim());
  if (field) return searchField(trace, field[1]!, field[2]!);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Uint8Array(trace.count);
  if (words.length === 0) return found;
  found.fill(1);
  for (const word of words) {
    const dictionaries = [trace.names, trace.services, trace.operations, trace.models].map((texts) =>
      texts.map((text) => text.toLowerCase().includes(word)),
    );
    const [names, services, operations, models] = dictionaries as [boolean[], boolean[], boolean[], boolean[]];
    const mayBeId = /^[0-9a-f]{4,16}$/.test(word);
    for (let p = 0; p < trace.count; p++) {
      if (found[p] === 0) continue;
      const hit =
        names[trace.name[p]!] ||
        services[trace.service[p]!] ||
        operations[trace.operation[p]!] ||
        models[trace.model[p]!] ||
        (mayBeId && trace.spanId[p]!.startsWith(word));
      if (!hit) found[p] = 0;
    }
  }
  return found;
}

/** The union of what was found here and the ids that the server found. */
export function mergeMatches(trace: Trace, local: Uint8Array, serverIds: readonly string[]): Matches {
  const is = local.slice();
  if (serverIds.length > 0) {
    const wanted = new Set(serverIds);
    for (let p = 0; p < trace.count; p++) if (wanted.has(trace.spanId[p]!)) is[p] = 1;
  }
  let total = 0;
  for (let p = 0; p < is.length; p++) total += is[p]!;
  const positions = new Int32Array(total);
  let filled = 0;
  for (let p = 0; p < is.length; p++) if (is[p] === 1) positions[filled++] = p;
  return { is, positions };
}

/** Index into the matches of the one after (or before) p, going round; -1 when there are none. */
export function stepMatch(matches: Matches, p: number, step: 1 | -1): number {
  const { positions } = matches;
  if (positions.length === 0) return -1;
  if (step === 1) {
    const next = positions.findIndex((at) => at > p);
    return next === -1 ? 0 : next;
  }
  const previous = positions.findLastIndex((at) => at < p);
  return previous === -1 ? positions.length - 1 : previous;
}
