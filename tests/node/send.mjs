// Records traces, metrics and logs with the real SDK and sends them by the stock exporters of one protocol:
//   node send.mjs grpc|http|proto ENDPOINT PROJECT
import { SpanKind, SpanStatusCode, TraceFlags, context, createTraceState, trace } from "@opentelemetry/api";
import { SeverityNumber } from "@opentelemetry/api-logs";
import { Metadata } from "@grpc/grpc-js";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

const [protocol, endpoint, project] = process.argv.slice(2);
const exporters = await Promise.all(
  ["trace", "metrics", "logs"].map((signal) => import(`@opentelemetry/exporter-${signal}-otlp-${protocol}`)),
);
const [{ OTLPTraceExporter }, { OTLPMetricExporter }, { OTLPLogExporter }] = exporters;

function options(signal) {
  if (protocol === "grpc") {
    const metadata = new Metadata();
    metadata.set("x-spanhouse-project", project);
    return { url: endpoint, metadata };
  }
  return { url: `${endpoint}/v1/${signal}`, headers: { "x-spanhouse-project": project } };
}

const attributes = {
  string: "é", "string.empty": "", int: 0, "int.large": 2 ** 40, double: 0.5, bool: false,
  strings: ["a", ""], ints: [1, 0], doubles: [1.5, 0.1], bools: [true, false],
};
const resource = resourceFromAttributes({ "service.name": "shop", ...attributes });
const scopeOptions = { schemaUrl: "https://example.com/scope/1" };

async function sendSpans() {
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(options("traces")))],
    spanLimits: { attributeCountLimit: 12, eventCountLimit: 2, linkCountLimit: 1 },
  });
  const tracer = provider.getTracer("shop", "1.2", scopeOptions);
  const remote = {
    traceId: "8".repeat(32), spanId: "9".repeat(16), isRemote: true, traceFlags: TraceFlags.SAMPLED,
    traceState: createTraceState("vendor=a,other=b"),
  };
  const parent = trace.setSpanContext(context.active(), remote);
  for (const kind of [SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER]) {
    const link = { context: remote, attributes };
    const span = tracer.startSpan(
      `${SpanKind[kind]} work`, { kind, attributes: { ...attributes, a: 1, b: 2, dropped: 3 }, links: [link, link] }, parent,
    );
    for (const name of ["dropped", "first", ""]) span.addEvent(name, attributes);
    const child = tracer.startSpan("child", {}, trace.setSpan(parent, span));
    child.setStatus({ code: SpanStatusCode.ERROR, message: "it broke" });
    child.recordException(new Error("no"));
    child.end();
    span.setStatus({ code: SpanStatusCode.OK });
    span.end();
  }
  await provider.shutdown();
}

async function sendMetrics() {
  const exporter = new OTLPMetricExporter(options("metrics"));
  const provider = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
    views: [{ instrumentName: "exponential", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  });
  const meter = provider.getMeter("shop", "1.2", scopeOptions);
  meter.createCounter("counter.int", { unit: "1", description: "what it is", valueType: 0 }).add(5, attributes);
  meter.createCounter("counter.double").add(0.1);
  meter.createUpDownCounter("updown", { valueType: 0 }).add(-5);
  meter.createGauge("gauge").record(0, attributes);
  for (const name of ["histogram", "exponential"]) {
    const histogram = meter.createHistogram(name, { unit: "ms" });
    for (const value of [0, 0.5, 7, 1e6, 12345.678]) histogram.record(value, attributes);
  }
  await provider.forceFlush();
  await provider.shutdown();
}

async function sendLogs() {
  const processor = new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter(options("logs")) });
  const provider = new LoggerProvider({ resource, processors: [processor] });
  const logger = provider.getLogger("shop", "1.2", scopeOptions);
  const nested = { role: "user", parts: [{ type: "text" }, { n: 1, ok: false }], data: new Uint8Array([0, 255]) };
  const bodies = ["text", "", 5, 0.5, false, new Uint8Array([0]), ["a", 1], nested, {}, []];
  const inside = trace.setSpanContext(context.active(), {
    traceId: "7".repeat(32), spanId: "6".repeat(16), traceFlags: TraceFlags.SAMPLED,
  });
  bodies.forEach((body, position) => {
    logger.emit({
      body,
      severityNumber: SeverityNumber.TRACE + position,
      severityText: `SEVERITY ${position}`,
      eventName: position % 2 ? "order.placed" : undefined,
      attributes: { ...attributes, nested },
      timestamp: new Date(1767607200123 + position),
      context: inside,
    });
  });
  await provider.shutdown();
}

await sendSpans();
await sendMetrics();
await sendLogs();
