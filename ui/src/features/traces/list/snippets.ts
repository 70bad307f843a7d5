/** Programs that send one trace to an OTLP endpoint, in the fewest lines that work when pasted. */

export const SNIPPETS = [
  { id: 'demo', label: 'Demo' },
  { id: 'python', label: 'Python' },
  { id: 'node', label: 'Node' },
  { id: 'curl', label: 'curl' },
] as const;

export type Snippet = (typeof SNIPPETS)[number]['id'];

export interface Addresses {
  /** OTLP HTTP, a URL. */
  endpoint: string;
  /** OTLP gRPC, host:port. */
  grpc: string;
  /** Where the page was opened. */
  page: string;
}

export function snippetOf(snippet: Snippet, { endpoint, grpc, page }: Addresses, project: string): string {
  const isDefault = project === 'default';
  switch (snippet) {
    case 'demo':
      return demo(grpc, page, isDefault ? '' : `OTEL_EXPORTER_OTLP_HEADERS=x-spanhouse-project=${project} `);
    case 'python':
      return python(endpoint, isDefault ? '' : `, headers={"x-spanhouse-project": "${project}"}`);
    case 'node':
      return node(endpoint, isDefault ? '' : `, headers: { 'x-spanhouse-project': '${project}' }`);
    case 'curl':
      return curl(endpoint, isDefault ? '' : `  -H 'x-spanhouse-project: ${project}' \\\n`);
  }
}

/** What `spanhouse demo` assumes is left out. */
function demo(grpc: string, page: string, headers: string): string {
  const endpoint = grpc === '127.0.0.1:4317' ? '' : ` --endpoint http://${grpc}`;
  return `${headers}spanhouse demo${endpoint}${page === 'http://127.0.0.1:7070' ? '' : ` --page ${page}`}`;
}

function python(endpoint: string, headers: string): string {
  return `# pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter("${endpoint}/v1/traces"${headers})))
trace.set_tracer_provider(provider)
with trace.get_tracer("hello").start_as_current_span("first span"):
    pass`;
}

function node(endpoint: string, headers: string): string {
  return `// npm install @opentelemetry/sdk-node @opentelemetry/exporter-trace-otlp-http, then save as hello.mjs
import { NodeSDK } from '@opentelemetry/sdk-node';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { trace } from '@opentelemetry/api';

const sdk = new NodeSDK({
  serviceName: 'hello',
  traceExporter: new OTLPTraceExporter({ url: '${endpoint}/v1/traces'${headers} }),
});
sdk.start();
trace.getTracer('hello').startSpan('first span').end();
await sdk.shutdown();`;
}

function curl(endpoint: string, header: string): string {
  return `NOW=$(date +%s)
curl ${endpoint}/v1/traces \\
${header}  -H 'content-type: application/json' \\
  -d '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"hello"}}]},
    "scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
      "name":"first span","kind":1,
      "startTimeUnixNano":"'$NOW'000000000","endTimeUnixNano":"'$NOW'250000000"}]}]}]}'`;
}
