-- One row per ExportTraceServiceRequest, in its envelope, as ClickHouse's protobuf reader fills it (otlp.proto). Stores nothing.
CREATE TABLE IF NOT EXISTS inbox_traces ${on_cluster}
(
    request Tuple(resource_spans Array(Tuple(
        resource Tuple(attributes ${KeyValues}, dropped_attributes_count UInt32),
        scope_spans Array(Tuple(
            scope Tuple(name String, version String, attributes ${KeyValues}, dropped_attributes_count UInt32),
            spans Array(Tuple(
                trace_id String,
                span_id String,
                trace_state String,
                parent_span_id String,
                name String,
                kind Int32,
                start_time_unix_nano UInt64,
                end_time_unix_nano UInt64,
                attributes ${KeyValues},
                dropped_attributes_count UInt32,
                events Array(Tuple(
                    time_unix_nano UInt64, name String, attributes ${KeyValues}, dropped_attributes_count UInt32)),
                dropped_events_count UInt32,
                links Array(Tuple(
                    trace_id String, span_id String, trace_state String, attributes ${KeyValues},
                    dropped_attributes_count UInt32, flags UInt32)),
                dropped_links_count UInt32,
                status Tuple(message String, code Int32),
                flags UInt32)),
            schema_url String)),
        schema_url String))),
    ${Stamp},
    needs_rewrite Bool MATERIALIZED NOT endsWith(batch_id, '-rewritten') AND (
        spanhouse_nested(request.resource_spans.resource.attributes.value)
        OR spanhouse_nested(request.resource_spans.scope_spans.scope.attributes.value)
        OR spanhouse_nested(request.resource_spans.scope_spans.spans.attributes.value)
        OR spanhouse_nested(request.resource_spans.scope_spans.spans.events.attributes.value)
        OR spanhouse_nested(request.resource_spans.scope_spans.spans.links.attributes.value))
)
ENGINE = Null
