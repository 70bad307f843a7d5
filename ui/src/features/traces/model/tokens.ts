/**
 * Tokens of a trace. Agents often report the sum of their model calls, so a span counts only when no span
 * below it reports tokens; otherwise every call would be counted twice.
 */
import type { Trace } from './tree';

export interface Tokens {
  input: number;
  output: number;
}

export function sumTokens(trace: Trace): Tokens {
  const input = new Float64Array(trace.count);
  const output = new Float64Array(trace.count);
  const total: Tokens = { input: 0, output: 0 };
  // Children stand after their parent, so walking back each subtree is complete when its top is reached.
  for (let p = trace.count - 1; p >= 0; p--) {
    const below = input[p]! + output[p]!;
    if (below === 0) {
      input[p] = trace.inputTokens[p]!;
      output[p] = trace.outputTokens[p]!;
    }
    const parent = trace.parent[p]!;
    if (parent >= 0) {
      input[parent]! += input[p]!;
      output[parent]! += output[p]!;
    } else {
      total.input += input[p]!;
      total.output += output[p]!;
    }
  }
  return total;
}
