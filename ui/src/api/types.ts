/** The query API's answers; times are nanosecond strings, durations and offsets nanosecond numbers. */

export interface ServerVersion {
  version: string;
  clickhouse: string;
  store: 'embedded' | 'server';
  endpoints: { otlp_grpc: string; otlp_http: string };
}

export interface Project {
  name: string;
  span_count: number;
  first_time_unix_nano: string | null;
  last_time_unix_nano: string | null;
}

export interface Service {
  name: string;
  span_count: number;
  error_count: number;
  last_time_unix_nano: string;
}

export interface Operation {
  name: string;
  kind: string;
  span_count: number;
}

export interface AttributeKey {
  key: string;
  type: string;
  source: 'span' | 'resource';
  count: number;
}

export interface AttributeValue {
  value: string;
  count: number;
}

export interface TraceSummary {
  trace_id: string;
  start_time_unix_nano: string;
  duration_nano: number;
  root_name: string;
  root_service: string;
  span_count: number;
  error_count: number;
  services: string[];
  input_tokens: number;
  output_tokens: number;
  models: string[];
}

export interface TracePageAnswer {
  traces: TraceSummary[];
  next_cursor: string | null;
  total: number;
  total_is_exact: boolean;
  start_time_unix_nano: string;
  end_time_unix_nano: string;
}

export interface HistogramBucket {
  start_time_unix_nano: string;
  trace_count: number;
  error_count: number;
  p50_nano: number;
  p95_nano: number;
  max_nano: number;
}

export interface Histogram {
  bucket_nano: number;
  buckets: HistogramBucket[];
}

export interface Skeleton {
  trace_id: string;
  start_time_unix_nano: string;
  duration_nano: number;
  span_count: number;
  shown_span_count: number;
  error_count: number;
  services: string[];
  names: string[];
  operations: string[];
  models: string[];
  spans: {
    span_id: string[];
    parent: number[];
    name: number[];
    service: number[];
    start: number[];
    duration: number[];
    status: number[];
    kind: number[];
    event_count: number[];
    operation: number[];
    model: number[];
    input_tokens: number[];
    output_tokens: number[];
  };
}

export interface Attribute {
  key: string;
  type: 'string' | 'bool' | 'int' | 'double' | 'bytes' | 'array' | 'kvlist' | 'any' | 'empty';
  value: string;
}

export interface SpanEvent {
  name: string;
  time_unix_nano: string;
  attributes: Attribute[];
  dropped_attributes_count: number;
}

export interface SpanLink {
  trace_id: string;
  span_id: string;
  trace_state: string;
  flags: number;
  attributes: Attribute[];
  dropped_attributes_count: number;
}

/** A GenAI message part; kinds beyond the known four are shown as JSON. */
export interface Part {
  type: string;
  content?: unknown;
  id?: string | null;
  name?: string;
  arguments?: unknown;
  response?: unknown;
  [other: string]: unknown;
}

export interface Message {
  role: string;
  parts: Part[];
  finish_reason?: string;
  name?: string;
}

export interface GenAi {
  operation: string;
  provider: string;
  request_model: string;
  response_model: string;
  input_tokens: number;
  output_tokens: number;
  cache_read_tokens: number;
  cache_write_tokens: number;
  reasoning_tokens: number;
  finish_reasons: string[];
  conversation_id: string;
  agent_name: string;
  tool_name: string;
  tool_call_id: string;
  tool_arguments: string;
  tool_result: string;
  system_instructions: Part[];
  input_messages: Message[];
  output_messages: Message[];
  tool_definitions: unknown[];
}

export interface Span {
  trace_id: string;
  span_id: string;
  parent_span_id: string;
  trace_state: string;
  flags: number;
  name: string;
  kind: string;
  start_time_unix_nano: string;
  end_time_unix_nano: string;
  duration_nano: number;
  received_time_unix_nano: string;
  status: { code: 'UNSET' | 'OK' | 'ERROR'; message: string };
  service: string;
  attributes: Attribute[];
  dropped_attributes_count: number;
  events: SpanEvent[];
  dropped_events_count: number;
  links: SpanLink[];
  dropped_links_count: number;
  resource: { attributes: Attribute[]; dropped_attributes_count: number; schema_url: string };
  scope: {
    name: string;
    version: string;
    attributes: Attribute[];
    dropped_attributes_count: number;
    schema_url: string;
  };
  gen_ai: GenAi | null;
}

export interface SpanSearch {
  span_ids: string[];
  total: number;
}

export interface LedgerSender {
  project: string;
  signal: string;
  sender: string;
  received: number;
  stored: number;
  rejected: number;
  deduplicated: number;
  requests: number;
  reasons: { reason: string; count: number }[];
  last_time_unix_nano: string;
}
