/** `instrument()`: one call that traces every library a program has, before or after it is loaded; `uninstrument()` takes it back. */

import { Conflict, Patches, SEES_LATER, find, loaded, watch, type Exports, type Library } from './engine.js';
import { guarded, told } from './errors.js';
import { atExit } from './exit.js';
import { ai } from './libraries/ai.js';
import { anthropic } from './libraries/anthropic.js';
import { langchain } from './libraries/langchain.js';
import { openai } from './libraries/openai.js';
import { connect, type Providers } from './providers.js';
import { decide, type Options } from './settings.js';
import { use } from './telemetry.js';

const LIBRARIES: readonly Library[] = [openai, anthropic, ai, langchain];

/** The names that `include` and `exclude` take. */
export const LIBRARY_NAMES: readonly string[] = LIBRARIES.map((each) => each.name);

/** How a library is traced: `native`, it makes its spans itself; `skipped` and `conflict` say why. */
export type Status = 'ok' | 'native' | `skipped: ${string}` | `conflict: ${string}`;

/** Library to Status; `exportsTo` says where the telemetry goes. It changes as libraries are loaded. */
export class Report {
  readonly libraries: Record<string, Status> = {};

  constructor(readonly exportsTo: string) {}

  toString(): string {
    return [`spanhouse exports to ${this.exportsTo}`, ...Object.entries(this.libraries).map(([name, status]) => `  ${name.padEnd(12)} ${status}`)].join('\n');
  }
}

interface Active {
  report: Report;
  providers: Providers;
  patches: Patches;
}

let active: Active | undefined;

/**
 * Trace every library of this program that spanhouse knows, until `uninstrument()`.
 *
 * An existing OpenTelemetry provider is used; without one, one is made that exports over OTLP. A second call changes nothing
 * and gives the first one's report. The program's behaviour does not change. Throws InvalidSettings.
 */
export function instrument(options: Options = {}): Report {
  return begin(options, false);
}

/** As `instrument()`; `first`: nothing of the program is loaded yet, so that nothing has to be looked for. */
export function begin(options: Options, first: boolean): Report {
  if (active) return active.report;
  const settings = decide(options, LIBRARY_NAMES);
  const providers = connect(settings);
  const patches = new Patches();
  const report = new Report(providers.exportsTo);
  active = { report, providers, patches };
  use(providers.telemetry);
  for (const library of LIBRARIES) {
    const { name } = library;
    if (settings.exclude.has(name) || (settings.include && !settings.include.has(name))) {
      report.libraries[name] = settings.exclude.has(name) ? 'skipped: excluded' : 'skipped: not included';
      continue;
    }
    guarded(`instrumenting ${name}`, () => {
      report.libraries[name] = apply(library, patches, report, first);
    });
    report.libraries[name] ??= 'skipped: it could not be instrumented';
  }
  patches.later(atExit(providers));
  return report;
}

function apply(library: Library, patches: Patches, report: Report, first: boolean): Status {
  const found = find(library.package);
  if (!found) return 'skipped: not installed';
  const decided = library.begin?.(found, patches);
  if (decided) return decided.state === 'native' ? 'native' : `${decided.state}: ${decided.why}`;
  let status: Status = 'ok';
  for (const module of library.modules) {
    const patch = (exports: Exports): void => {
      try {
        module.patch(exports, patches);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        status = error instanceof Conflict ? `conflict: ${why}` : `skipped: ${found.version} is not as expected: ${module.path}: ${why}`;
        report.libraries[library.name] = status;
        if (!(error instanceof Conflict)) told(`patching ${library.name}`, error);
      }
    };
    patches.later(watch(library, module, patch));
    if (first && SEES_LATER) continue;
    try {
      for (const exports of loaded(found, module)) patch(exports);
    } catch (error) {
      status = `skipped: loading ${module.path} failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return status;
}

/** Take everything back: the libraries' methods, the environment, the providers that were made. */
export function uninstrument(): void {
  if (!active) return;
  const { patches, providers } = active;
  active = undefined;
  use(undefined);
  patches.undo();
  providers.close();
}

/** Send what waits, within the time of one export. */
export async function flush(): Promise<void> {
  await active?.providers.flush();
}
