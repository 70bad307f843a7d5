/**
 * Finds the libraries' classes, loaded already or later, and patches them so that everything can be taken back.
 *
 * A library is patched in the module that defines the class, by a line added to the end of its source while it is loaded
 * (`module.registerHooks`, Node 22.15), so that ESM and CommonJS builds are the same case. A module that was loaded
 * before `instrument()` is fetched from Node's cache by its path.
 */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guarded } from './errors.js';

export type Undo = () => void;
export type Exports = Record<string, any>;

/** A module of a package: its path there without the extension, the builds' extensions, and the exports that are asked for. */
export interface Module {
  path: string;
  esm: string;
  cjs: string;
  names: readonly string[];
  patch: (exports: Exports, patches: Patches) => void;
}

export interface Library {
  name: string;
  /** The npm package that is looked for. */
  package: string;
  modules: readonly Module[];
  /** Called once the package is found; a text is a reason to leave it alone. `native`: it makes its spans itself. */
  begin?: (found: Found, patches: Patches) => { state: 'native' | 'skipped' | 'conflict'; why: string } | undefined;
}

export interface Found {
  folder: string;
  version: string;
}

/** Somebody else has patched the function already. */
export class Conflict extends Error {}

/** What was changed, to be taken back in reverse order. */
export class Patches {
  readonly #undo: Undo[] = [];
  active = true;

  /** Put `make(original)` in the place of a method, unless it stands there already. */
  wrap(target: any, name: string, make: (original: (...args: any[]) => any) => (this: any, ...args: any[]) => any): void {
    const original: unknown = target?.[name];
    if (typeof original !== 'function') throw new TypeError(`no method ${name}`);
    if (OURS.has(original)) return;
    if ('__wrapped' in original || '__original' in original) throw new Conflict(`${name} is patched by another instrumentation`);
    const own = Object.getOwnPropertyDescriptor(target, name);
    const wrapper = make(original as (...args: any[]) => any);
    OURS.add(wrapper);
    for (const key of ['name', 'length']) {
      Object.defineProperty(wrapper, key, { value: (original as any)[key], configurable: true });
    }
    Object.defineProperty(target, name, { value: wrapper, writable: true, configurable: true, enumerable: own?.enumerable ?? false });
    this.#undo.push(() => {
      if (target[name] !== wrapper) return;
      if (own) Object.defineProperty(target, name, own);
      else delete target[name];
    });
  }

  /** Set an environment variable that the program has not set. */
  environment(name: string, value: string): void {
    if (process.env[name] !== undefined) return;
    process.env[name] = value;
    this.#undo.push(() => {
      if (process.env[name] === value) delete process.env[name];
    });
  }

  later(undo: Undo): void {
    this.#undo.push(undo);
  }

  undo(): void {
    this.active = false;
    for (const each of this.#undo.splice(0).toReversed()) guarded('taking a patch back', each);
  }
}

const OURS = new WeakSet<object>();

/** What the line added to a module's source calls. */
const LOADED = Symbol.for('spanhouse.sdk.loaded');

interface Watched {
  library: Library;
  module: Module;
  apply: (exports: Exports) => void;
}

const watched = new Map<string, Watched>();
let hooked = false;

/** From now on call `apply` with the exports of the module, each time a build of it is loaded. */
export function watch(library: Library, module: Module, apply: (exports: Exports) => void): Undo {
  const id = `${library.package}/${module.path}`;
  watched.set(id, { library, module, apply });
  hook();
  return () => watched.delete(id);
}

/** Whether modules that are loaded later can be seen. */
export const SEES_LATER = typeof (nodeModule as { registerHooks?: unknown }).registerHooks === 'function';

function hook(): void {
  if (hooked || !SEES_LATER) return;
  hooked = true;
  (globalThis as any)[LOADED] = (id: string, exports: Exports) => watched.get(id)?.apply(exports);
  nodeModule.registerHooks({
    load(url, context, nextLoad) {
      const source = nextLoad(url, context);
      return guarded(`reading ${url}`, () => extended(url, source)) ?? source;
    },
  });
}

/** The module with the line that tells of it, if it is one that is watched. */
function extended(url: string, read: nodeModule.LoadFnOutput): nodeModule.LoadFnOutput | undefined {
  const at = url.lastIndexOf('/node_modules/');
  if (at === -1 || !url.startsWith('file:')) return undefined;
  const dot = url.lastIndexOf('.');
  const id = url.slice(at + '/node_modules/'.length, dot);
  const found = watched.get(id);
  if (!found) return undefined;
  const isModule = read.format === 'module';
  const source = read.source === undefined || read.source === null ? readFileSync(fileURLToPath(url), 'utf8') : asText(read.source);
  const exports = isModule
    ? `{${found.module.names.map((name) => `get ${name}(){return typeof ${name}==="undefined"?undefined:${name}}`).join(',')}}`
    : 'module.exports';
  const line = `\n;globalThis[Symbol.for("spanhouse.sdk.loaded")]?.(${JSON.stringify(id)},${exports});\n`;
  return { ...read, source: source + line };
}

function asText(source: string | ArrayBuffer | NodeJS.TypedArray): string {
  return typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8');
}

/** The builds of a module that are loaded, or that may be: Node tells of CommonJS, and of ESM it gives what it has. */
export function loaded(found: Found, module: Module): Exports[] {
  const require = nodeModule.createRequire(import.meta.url);
  const builds: Exports[] = [];
  const cjs = join(found.folder, `${module.path}${module.cjs}`);
  const inCache = require.cache[cjs];
  if (inCache?.loaded) builds.push(inCache.exports as Exports);
  else if (!SEES_LATER && existsSync(cjs)) builds.push(require(cjs) as Exports);
  const esm = join(found.folder, `${module.path}${module.esm}`);
  // A program whose main file is CommonJS has no ESM build before it imports one.
  if ((!nodeModule.createRequire(import.meta.url).main || !SEES_LATER) && existsSync(esm)) builds.push(require(esm) as Exports);
  return builds;
}

/** Where `name` is installed for this program: beside its main file, or where it was started. */
export function find(name: string): Found | undefined {
  const starts = [process.argv[1] && dirname(real(process.argv[1])), process.cwd(), dirname(fileURLToPath(import.meta.url))];
  for (const start of starts) {
    for (let folder = start; folder; folder = dirname(folder)) {
      const candidate = join(folder, 'node_modules', name);
      if (existsSync(join(candidate, 'package.json'))) {
        const version = (JSON.parse(readFileSync(join(candidate, 'package.json'), 'utf8')) as { version: string }).version;
        return { folder: real(candidate), version };
      }
      if (folder === dirname(folder)) break;
    }
  }
  return undefined;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
