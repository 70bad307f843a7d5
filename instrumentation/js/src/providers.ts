/**
 * OpenTelemetry's providers: those the program has, or new ones that export to spanhouse.
 *
 * An existing provider keeps its exporters; ours is added beside them only if an endpoint was named, so that nothing is sent twice.
 */

import { ProxyTracerProvider, context, createContextKey, metrics, propagation, trace } from '@opentelemetry/api';
import type { Context, MeterProvider as ApiMeterProvider, TracerProvider } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtoLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor, ConsoleSpanExporter } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan, Span, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { inherited, modelCall } from './context.js';
import { guarded, told } from './errors.js';
import type { Leaving } from './exit.js';
import { Normalising } from './native.js';
import { MODEL_CALLS } from './operation.js';
import * as semconv from './semconv.js';
import type { Settings } from './settings.js';
import { Metrics, Telemetry } from './telemetry.js';
import { VERSION } from './version.js';

/** One export; so long may a program's exit wait for a collector that does not answer. */
export const EXPORT_TIMEOUT_MILLISECONDS = 5_000;

/** `exportsTo` says where telemetry goes; `close` takes ours away again. */
export interface Providers extends Leaving {
  telemetry: Telemetry;
  exportsTo: string;
  close: () => void;
}

/** Gives each span what it inherits (context.ts), notes model calls that a library told itself, and hands ended ones on. */
class Ours implements SpanProcessor {
  active = true;
  pending = false;

  constructor(
    readonly exporter: Normalising | undefined,
    readonly next = exporter && new BatchSpanProcessor(exporter),
  ) {}

  /** What the batches hold, which the SDK does not tell, and what is under way. */
  left(): ReadableSpan[] {
    const waiting = (this.next as unknown as { _finishedSpans?: ReadableSpan[] } | undefined)?._finishedSpans ?? [];
    return this.exporter ? [...[...this.exporter.underWay].flat(), ...this.exporter.normalised(waiting)] : [];
  }

  onStart(span: Span, parent: Context): void {
    if (!this.active) return;
    guarded('starting a span', () => {
      for (const [key, value] of Object.entries(inherited(parent))) {
        if (value !== undefined && !(key in span.attributes)) span.setAttribute(key, value);
      }
      const call = modelCall(parent);
      if (call?.framework && MODEL_CALLS.has(String(span.attributes[semconv.OPERATION_NAME]))) call.told = true;
    });
  }

  onEnd(span: ReadableSpan): void {
    if (!this.active || !this.next) return;
    this.pending = true;
    this.next.onEnd(span);
  }

  async forceFlush(): Promise<void> {
    this.pending = false;
    await this.next?.forceFlush();
  }

  async shutdown(): Promise<void> {
    await this.next?.shutdown();
  }
}

/** The program's providers, or new ones, ready to write to. */
export function connect(settings: Settings): Providers {
  if (process.env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') {
    return written(settings, trace.getTracerProvider(), undefined, 'nothing: OTEL_SDK_DISABLED', [], []);
  }
  const existing = existingProvider();
  const exports = !existing || settings.explicit;
  const [exporter, exportsTo] = exports ? spanExporter(settings) : [undefined, "where the program's own provider exports"];
  const ours = new Ours(exporter && new Normalising(exporter, settings.content));
  const closing: (() => unknown)[] = [() => (ours.active = false), () => ours.shutdown()];
  // A program that has a provider but no manager has one span's context lost at each await.
  if (!hasContextManager() && context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())) {
    closing.push(() => context.disable());
  }
  if (existing) {
    addProcessor(existing, ours, closing);
    return written(settings, existing, metrics.getMeterProvider(), exportsTo, [ours], closing);
  }
  return created(settings, ours, exportsTo, closing);
}

function created(settings: Settings, ours: Ours, exportsTo: string, closing: (() => unknown)[]): Providers {
  const resource = resourceOf(settings);
  const provider = new BasicTracerProvider({ resource, spanProcessors: [ours] });
  trace.setGlobalTracerProvider(provider);
  closing.push(() => trace.disable());
  const propagator = new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] });
  if (propagation.setGlobalPropagator(propagator)) closing.push(() => propagation.disable());
  const flushed: Flushed[] = [ours];
  if (named('METRICS') === 'otlp') {
    const Exporter = settings.protocol === 'http/json' ? JsonMetrics : ProtoMetrics;
    const exporter = new Exporter(address(settings, 'metrics'));
    const meters = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter })] });
    if (metrics.setGlobalMeterProvider(meters)) closing.push(() => metrics.disable());
    closing.push(() => meters.shutdown());
    flushed.push(meters);
  }
  if (named('LOGS') === 'otlp') {
    const Exporter = settings.protocol === 'http/json' ? JsonLogs : ProtoLogs;
    const processor = new BatchLogRecordProcessor({ exporter: new Exporter(address(settings, 'logs')) });
    const loggers = new LoggerProvider({ resource, processors: [processor] });
    logs.setGlobalLoggerProvider(loggers);
    closing.push(() => logs.disable(), () => loggers.shutdown());
    flushed.push(loggers);
  }
  return written(settings, provider, metrics.getMeterProvider(), exportsTo, flushed, closing);
}

interface Flushed {
  pending?: boolean;
  left?(): ReadableSpan[];
  forceFlush(): Promise<void>;
}

function written(
  settings: Settings,
  provider: TracerProvider,
  meters: ApiMeterProvider | undefined,
  exportsTo: string,
  flushed: Flushed[],
  closing: (() => unknown)[],
): Providers {
  const tracer = provider.getTracer(semconv.SCOPE, VERSION, { schemaUrl: semconv.SCHEMA_URL });
  const instruments = meters && new Metrics(meters.getMeter(semconv.SCOPE, VERSION, { schemaUrl: semconv.SCHEMA_URL }));
  return {
    telemetry: new Telemetry(tracer, settings.content, instruments, settings.httpSpans),
    exportsTo,
    pending: () => flushed.some((each) => each.pending),
    left: () => flushed.flatMap((each) => each.left?.() ?? []),
    address: () => (named('TRACES') === 'otlp' ? lastAddress(settings) : undefined),
    flush: async () => {
      await Promise.allSettled(flushed.map((each) => each.forceFlush()));
    },
    close: () => {
      for (const undo of closing) {
        guarded('taking a provider away', () => Promise.resolve(undo()).catch((error: unknown) => told('closing', error)));
      }
    },
  };
}

/** Whether a context manager is set: without one a context is not kept. */
function hasContextManager(): boolean {
  const probe = createContextKey('spanhouse-probe');
  return context.with(context.active().setValue(probe, true), () => context.active().getValue(probe) === true);
}

/** The provider the program set, if one was set that records. */
function existingProvider(): TracerProvider | undefined {
  const global = trace.getTracerProvider();
  const provider = global instanceof ProxyTracerProvider || 'getDelegate' in global ? (global as ProxyTracerProvider).getDelegate() : global;
  return 'forceFlush' in provider || '_activeSpanProcessor' in provider ? provider : undefined;
}

/** The SDK offers no way to add a processor to a provider that is made (2.0 took it away), so its list is reached into. */
function addProcessor(provider: TracerProvider, ours: SpanProcessor, closing: (() => unknown)[]): void {
  const list = (provider as { _activeSpanProcessor?: { _spanProcessors?: SpanProcessor[] } })._activeSpanProcessor?._spanProcessors;
  if (!Array.isArray(list)) {
    told('adding a processor to the existing tracer provider', new Error('it keeps no list of processors; session, user and tags are not written'));
    return;
  }
  list.push(ours);
  closing.push(() => {
    const place = list.indexOf(ours);
    if (place !== -1) list.splice(place, 1);
  });
}

function resourceOf(settings: Settings): Resource {
  const own: Record<string, string> = { [semconv.SERVICE_NAME]: settings.serviceName };
  if (settings.project !== undefined) own[semconv.SPANHOUSE_PROJECT] = settings.project;
  return defaultResource().merge(detectResources({ detectors: [envDetector] })).merge(resourceFromAttributes(own));
}

function named(signal: string): string {
  return (process.env[`OTEL_${signal}_EXPORTER`] ?? 'otlp').trim().toLowerCase();
}

function spanExporter(settings: Settings): [SpanExporter | undefined, string] {
  switch (named('TRACES')) {
    case 'none':
      return [undefined, 'nothing: OTEL_TRACES_EXPORTER is none'];
    case 'console':
      return [new ConsoleSpanExporter(), 'the console'];
    default: {
      const Exporter = settings.protocol === 'http/json' ? JsonTraces : ProtoTraces;
      return [new Exporter(address(settings, 'traces')), settings.endpoint ?? 'where OTEL_EXPORTER_OTLP_* say'];
    }
  }
}

function address(settings: Settings, signal: string): { url?: string; headers: Record<string, string>; timeoutMillis: number } {
  const common = { headers: settings.headers, timeoutMillis: EXPORT_TIMEOUT_MILLISECONDS };
  return settings.endpoint === undefined ? common : { url: `${settings.endpoint.replace(/\/+$/, '')}/v1/${signal}`, ...common };
}

/** As the SDK's exporter would find it. */
function lastAddress(settings: Settings): { url: string; headers: Record<string, string> } | undefined {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: exact, OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_HEADERS: listed } = process.env;
  const root = settings.endpoint ?? (exact ? undefined : base);
  const url = root === undefined ? exact : `${root.replace(/\/+$/, '')}/v1/traces`;
  const pairs = (listed ?? '').split(',').filter((pair) => pair.includes('='));
  const headers = Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), decodeURIComponent(pair.slice(pair.indexOf('=') + 1).trim())]));
  return url === undefined ? undefined : { url, headers: { ...headers, ...settings.headers } };
}
