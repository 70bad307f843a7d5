-- One row per ExportLogsServiceRequest, in its envelope, as ClickHouse's protobuf reader fills it (otlp.proto). Stores nothing.
CREATE TABLE IF NOT EXISTS inbox_logs ${on_cluster}
(
    request Tuple(resource_logs Array(Tuple(
        resource Tuple(attributes ${KeyValues}, dropped_attributes_count UInt32),
        scope_logs Array(Tuple(
            scope Tuple(name String, version String, attributes ${KeyValues}, dropped_attributes_count UInt32),
            log_records Array(Tuple(
                time_unix_nano UInt64,
                observed_time_unix_nano UInt64,
                severity_number Int32,
                severity_text String,
                body ${AnyValue},
                attributes ${KeyValues},
                dropped_attributes_count UInt32,
                flags UInt32,
                trace_id String,
                span_id String,
                event_name String)),
            schema_url String)),
        schema_url String))),
    ${Stamp},
    needs_rewrite Bool MATERIALIZED NOT endsWith(batch_id, '-rewritten') AND (
        spanhouse_nested(request.resource_logs.resource.attributes.value)
        OR spanhouse_nested(request.resource_logs.scope_logs.scope.attributes.value)
        OR spanhouse_nested(request.resource_logs.scope_logs.log_records.attributes.value)
        OR spanhouse_nested(request.resource_logs.scope_logs.log_records.body))
)
ENGINE = Null
