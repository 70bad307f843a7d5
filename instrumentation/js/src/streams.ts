/**
 * A stream's span ends when the stream is drained, closed, broken or dropped; the program gets the stream it would have got.
 */

import { guarded } from './errors.js';
import type { Answer, Invocation } from './operation.js';

/** What a stream's chunks add up to. */
export interface Fold {
  add(chunk: any): void;
  answer(): Answer;
}

/** Ends the spans of streams that are dropped without being read to their end. */
const dropped = new FinalizationRegistry<{ invocation: Invocation; fold: Fold }>(({ invocation, fold }) => finish(invocation, fold));

function finish(invocation: Invocation, fold: Fold, error?: unknown): void {
  if (invocation.ended) return;
  guarded('reading a stream', () => invocation.answer(fold.answer()));
  invocation.end(error);
}

/** An iterator that gives what `inner` gives, and tells `invocation`. */
export function follow<T>(inner: AsyncIterator<T>, invocation: Invocation, fold: Fold): AsyncIterableIterator<T> {
  const step = async (method: 'next' | 'return' | 'throw', given: unknown[]): Promise<IteratorResult<T>> => {
    let result: IteratorResult<T>;
    try {
      result = await Reflect.apply(inner[method]!, inner, given);
    } catch (error) {
      finish(invocation, fold, error);
      throw error;
    }
    if (result.done) {
      finish(invocation, fold);
    } else {
      invocation.chunk();
      guarded('reading a chunk', () => fold.add(result.value));
    }
    return result;
  };
  return {
    next: (...given) => step('next', given),
    return: async (value) => {
      try {
        return inner.return ? await inner.return(value) : { done: true, value };
      } finally {
        finish(invocation, fold);
      }
    },
    throw: (error) => (inner.throw ? step('throw', [error]) : Promise.reject(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Follow a Stream of the OpenAI SDK, by the function it gets its iterators from. */
export function followStream(stream: any, invocation: Invocation, fold: Fold): void {
  const iterator = stream.iterator;
  if (typeof iterator !== 'function') throw new TypeError('a stream without iterator()');
  stream.iterator = (...given: unknown[]) => follow(Reflect.apply(iterator, stream, given) as AsyncIterator<unknown>, invocation, fold);
  const signal: AbortSignal | undefined = stream.controller?.signal;
  // A reader that waits hears of it by its iterator, which comes first.
  signal?.addEventListener('abort', () => setImmediate(() => finish(invocation, fold)), { once: true });
  dropped.register(stream, { invocation, fold });
}

/** Fold a copy of a response that the program reads by itself: JSON, or server-sent events. */
export async function foldResponse(copy: Response, invocation: Invocation, fold: Fold, whole: (body: any) => Answer): Promise<void> {
  if (!copy.headers.get('content-type')?.includes('text/event-stream')) {
    invocation.answer(whole(await copy.json()));
    invocation.end();
    return;
  }
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of copy.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data:') || line.includes('[DONE]')) continue;
      invocation.chunk();
      fold.add(JSON.parse(line.slice(5)));
    }
  }
  finish(invocation, fold);
}
