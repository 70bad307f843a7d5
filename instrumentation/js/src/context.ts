/**
 * What a span inherits from the code around it (session, user, tags), and whether a model call is already being told.
 *
 * All of it lives in OpenTelemetry's context, so it follows promises and timers as that does.
 */

import { context, createContextKey, type Attributes, type Context } from '@opentelemetry/api';
import * as semconv from './semconv.js';

const INHERITED = createContextKey('spanhouse-inherited');
const CALL = createContextKey('spanhouse-model-call');

/**
 * A model call under way. `framework`: of a layer above the provider's SDK, which has a span only if no layer inside it did.
 * `told`: whether some layer has a span for it.
 */
export class ModelCall {
  told: boolean;

  constructor(readonly framework: boolean) {
    this.told = !framework;
  }
}

export function modelCall(around: Context = context.active()): ModelCall | undefined {
  return around.getValue(CALL) as ModelCall | undefined;
}

export function insideModelCall(call: ModelCall, around: Context): Context {
  return around.setValue(CALL, call);
}

/** Attributes that each span started in `around` gets. */
export function inherited(around: Context = context.active()): Attributes {
  return (around.getValue(INHERITED) as Attributes | undefined) ?? {};
}

/** Run `work`; each span started in it, by whatever library, gets `values`. */
export function withAttributes<T>(values: Attributes, work: () => T): T {
  return context.with(context.active().setValue(INHERITED, { ...inherited(), ...values }), work);
}

/** Run `work`; its spans belong to the session (conversation) `id`. */
export function session<T>(id: string, work: () => T): T {
  return withAttributes({ [semconv.SESSION_ID]: id, [semconv.CONVERSATION_ID]: id }, work);
}

/** Run `work`; its spans are of the user `id`. */
export function user<T>(id: string, work: () => T): T {
  return withAttributes({ [semconv.USER_ID]: id }, work);
}

/** Run `work`; its spans carry tags, added to those around: a name, several, or attributes of their own. */
export function tags<T>(given: string | readonly string[] | Attributes, work: () => T): T {
  if (typeof given === 'object' && !Array.isArray(given)) return withAttributes(given as Attributes, work);
  const before = (inherited()[semconv.SPANHOUSE_TAGS] ?? []) as string[];
  const both = [...new Set([...before, ...(typeof given === 'string' ? [given] : (given as readonly string[]))])];
  return withAttributes({ [semconv.SPANHOUSE_TAGS]: both }, work);
}
