/**
 * A program ends in three ways: nothing is left to do, a signal, or `process.exit()` and an uncaught exception.
 *
 * Before the first two there is time to send; in the third no promise is settled any more, so a small process of its own
 * sends what is left. The exit code stays what it was.
 */

import { spawnSync } from 'node:child_process';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { Undo } from './engine.js';
import { guarded } from './errors.js';

/** So long may the last sending take, of the process that does it and of the one that waits. */
const LAST_MILLISECONDS = 2_000;

const SEND = `
const { url, headers, body } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(${LAST_MILLISECONDS - 500}) }).catch(() => undefined);
`;

export interface Leaving {
  /** Whether spans wait that no flush was started for. */
  pending: () => boolean;
  /** Spans that are not known to have arrived. */
  left: () => ReadableSpan[];
  flush: () => Promise<void>;
  /** Where the last ones go: OTLP as JSON over HTTP. */
  address: () => { url: string; headers: Record<string, string> } | undefined;
}

/** Send what waits when the program ends, however it does. */
export function atExit(leaving: Leaving): Undo {
  const undo: Undo[] = [];
  let flushing = false;
  let first = true;
  listen(undo, 'beforeExit', () => {
    // A flush keeps the process alive, and this is called again after it: only new spans are a reason for another.
    if (flushing || !(first || leaving.pending())) return;
    flushing = true;
    first = false;
    void leaving.flush().finally(() => (flushing = false));
  });
  listen(undo, 'exit', () => guarded('sending the last spans', () => sendNow(leaving)));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    const ended = (): void => {
      const isAlone = process.listenerCount(signal) === 1;
      void leaving.flush().finally(() => {
        if (!isAlone) return;
        process.off(signal, ended);
        // Without a listener the signal does what it does by default: the program ends by it.
        process.kill(process.pid, signal);
      });
    };
    listen(undo, signal, ended);
  }
  return () => undo.forEach((each) => each());
}

function listen(undo: Undo[], event: string, listener: () => void): void {
  process.on(event, listener);
  undo.push(() => process.off(event, listener));
}

function sendNow(leaving: Leaving): void {
  const spans = leaving.left();
  const address = spans.length ? leaving.address() : undefined;
  if (!address) return;
  const body = JsonTraceSerializer.serializeRequest(spans);
  if (!body) return;
  const headers = { 'content-type': 'application/json', ...address.headers };
  spawnSync(process.execPath, ['-e', SEND], {
    input: JSON.stringify({ url: address.url, headers, body: new TextDecoder().decode(body) }),
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS },
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: LAST_MILLISECONDS,
  });
}
