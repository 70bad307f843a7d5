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
        spanhouse_unmapped(request.resource_spans.resource.attributes.value)
        OR spanhouse_unmapped(request.resource_spans.scope_spans.scope.attributes.value)
        OR spanhouse_unmapped(request.resource_spans.scope_spans.spans.attributes.value)
        OR spanhouse_unmapped(request.resource_spans.scope_spans.spans.events.attributes.value)
        OR spanhouse_unmapped(request.resource_spans.scope_spans.spans.links.attributes.value)
        -- Whether any span is invalid; which ones and why says validity.py, by the same rules.
        OR arrayExists((t, s, p, start) ->
                length(t) != 16 OR t = repeat('\0', 16) OR length(s) != 8 OR s = repeat('\0', 8) OR length(p) NOT IN (0, 8)
                OR start = 0 OR start > 9223372036854775807,
            arrayFlatten(request.resource_spans.scope_spans.spans.trace_id), arrayFlatten(request.resource_spans.scope_spans.spans.span_id),
            arrayFlatten(request.resource_spans.scope_spans.spans.parent_span_id), arrayFlatten(request.resource_spans.scope_spans.spans.start_time_unix_nano))
        OR arrayExists(t -> t > 9223372036854775807, arrayFlatten(request.resource_spans.scope_spans.spans.events.time_unix_nano))
        OR spanhouse_no_project(request.resource_spans.resource.attributes))
)
ENGINE = Null
