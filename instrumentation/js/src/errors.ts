/** An error of ours never reaches the program: it is told through OpenTelemetry's diagnostics, and fails our tests. */

import { diag } from '@opentelemetry/api';

/** Run `work`; what it throws is told, and the answer is then undefined. */
export function guarded<T>(what: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    told(what, error);
    return undefined;
  }
}

/** Tell of an error of ours. With SPANHOUSE_STRICT=1, which our tests set, the process ends with it. */
export function told(what: string, error: unknown): void {
  diag.error(`spanhouse: ${what} failed; the program goes on with less telemetry`, error);
  if (process.env.SPANHOUSE_STRICT === '1') {
    setImmediate(() => {
      throw new Error(`spanhouse: ${what} failed`, { cause: error });
    });
  }
}
