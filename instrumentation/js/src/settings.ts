/**
 * What `instrument()` was told, by argument, then by environment, then by default; the same meaning as in Python.
 *
 * Unknown or contradicting settings stop with a sentence; nothing is guessed.
 */

import { basename, extname } from 'node:path';
import { CHARACTER_LIMIT, ContentPolicy, PATTERNS, type Redact } from './content.js';

export const HTTP_ENDPOINT = 'http://127.0.0.1:4318';

export type Protocol = 'http/protobuf' | 'http/json';

export interface Options {
  /** OTLP address, "http://host:4318". Default: SPANHOUSE_ENDPOINT, then OTEL_EXPORTER_OTLP_*, then this machine. */
  endpoint?: string;
  /** "http/protobuf" (default) or "http/json"; OTEL_EXPORTER_OTLP_PROTOCOL. */
  protocol?: Protocol;
  /** The project on the server; SPANHOUSE_PROJECT, then "default". */
  project?: string;
  /** Key of a server that asks for one; SPANHOUSE_API_KEY. */
  apiKey?: string;
  /** `service.name`; OTEL_SERVICE_NAME, then the program's file. */
  serviceName?: string;
  /** Whether prompts, answers and arguments are written (true); SPANHOUSE_CONTENT, OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT. */
  content?: boolean;
  /** Characters of one text (32,768); a longer one is shortened and says so. */
  contentLimit?: number;
  /** What is removed from texts: "keys" (default), "email", "cards", or functions from text to text. */
  redact?: readonly (string | Redact)[];
  /** Names of libraries; only these are traced. */
  include?: readonly string[];
  /** Names of libraries that are not traced. */
  exclude?: readonly string[];
  /** Whether HTTP instrumentations make spans of their own inside a model call (false); SPANHOUSE_HTTP_SPANS. */
  httpSpans?: boolean;
}

/** A setting cannot be used; the message says which, what it was and what it may be. */
export class InvalidSettings extends Error {
  override name = 'InvalidSettings';
}

/** One value each, decided. `endpoint`: undefined for what OTEL_EXPORTER_OTLP_* say. `explicit`: an endpoint was named. */
export interface Settings {
  endpoint: string | undefined;
  protocol: Protocol;
  headers: Record<string, string>;
  project: string | undefined;
  serviceName: string;
  content: ContentPolicy;
  include: ReadonlySet<string> | undefined;
  exclude: ReadonlySet<string>;
  httpSpans: boolean;
  explicit: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const CAPTURE: Readonly<Record<string, boolean>> = {
  true: true, span_only: true, span_and_event: true, false: false, no_content: false, event_only: false,
};

/** The settings for these options. Throws InvalidSettings. */
export function decide(options: Options, known: readonly string[], env: Environment = process.env): Settings {
  const endpoint = options.endpoint || env.SPANHOUSE_ENDPOINT || undefined;
  if (endpoint !== undefined && !/^https?:\/\//.test(endpoint)) {
    throw new InvalidSettings(`endpoint '${endpoint}' is no address: it begins with http:// or https://`);
  }
  const otlp = Object.entries(env).some(([key, value]) => /^OTEL_EXPORTER_OTLP_.*ENDPOINT$/.test(key) && value);
  const project = options.project || env.SPANHOUSE_PROJECT || undefined;
  const apiKey = options.apiKey || env.SPANHOUSE_API_KEY || undefined;
  return {
    endpoint: endpoint ?? (otlp ? undefined : HTTP_ENDPOINT),
    protocol: protocol(options, env),
    headers: {
      ...(project === undefined ? {} : { 'x-spanhouse-project': project }),
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    project,
    serviceName: options.serviceName || env.OTEL_SERVICE_NAME || program(),
    content: policy(options, env),
    include: options.include === undefined ? undefined : names(options.include, known, 'include'),
    exclude: names(options.exclude ?? [], known, 'exclude'),
    httpSpans: options.httpSpans ?? flag('SPANHOUSE_HTTP_SPANS', env),
    explicit: endpoint !== undefined,
  };
}

function protocol(options: Options, env: Environment): Protocol {
  const told = options.protocol || env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || 'http/protobuf';
  if (told !== 'http/protobuf' && told !== 'http/json') {
    throw new InvalidSettings(`protocol '${told}' is not known here: it is one of http/protobuf, http/json`);
  }
  return told;
}

function policy(options: Options, env: Environment): ContentPolicy {
  const { contentLimit: limit } = options;
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
    throw new InvalidSettings(`contentLimit is ${limit}: it is a number of characters from 1`);
  }
  const redact = (options.redact ?? ['keys']).map((each) => {
    const chosen = typeof each === 'function' ? each : PATTERNS[each];
    if (chosen) return chosen;
    throw new InvalidSettings(`redact names '${String(each)}': it is a function, or one of ${Object.keys(PATTERNS).join(', ')}`);
  });
  return new ContentPolicy(captured(options.content, env), limit ?? CHARACTER_LIMIT, redact);
}

function captured(content: boolean | undefined, env: Environment): boolean {
  const told = content ?? (env.SPANHOUSE_CONTENT || env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT || 'true');
  const decided = CAPTURE[String(told).toLowerCase()];
  if (decided === undefined) {
    throw new InvalidSettings(`content is '${String(told)}': it is true or false, or one of ${Object.keys(CAPTURE).join(', ')}`);
  }
  return decided;
}

function names(given: readonly string[], known: readonly string[], setting: string): ReadonlySet<string> {
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length) throw new InvalidSettings(`${setting} names ${unknown.join(', ')}: known are ${known.join(', ')}`);
  return new Set(given);
}

function flag(name: string, env: Environment): boolean {
  const told = (env[name] ?? '').toLowerCase();
  if (!['', 'true', 'false', '1', '0'].includes(told)) throw new InvalidSettings(`${name} is '${told}': it is true or false`);
  return told === 'true' || told === '1';
}

/** `service.name` where nobody names it: the program's file. */
function program(): string {
  const main = process.argv[1];
  return main ? basename(main, extname(main)) : 'node';
}
