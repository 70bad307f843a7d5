-- One row per ExportLogsServiceRequest, as ClickHouse's own protobuf reader fills it (otlp.proto). Stores nothing.
CREATE TABLE IF NOT EXISTS inbox_logs ${on_cluster}
(
    resource_logs Array(Tuple(
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
        schema_url String)),
    ${Stamp},
    needs_rewrite Bool MATERIALIZED
        spanhouse_nested(resource_logs.resource.attributes)
        OR spanhouse_nested(resource_logs.scope_logs.scope.attributes)
        OR spanhouse_nested(resource_logs.scope_logs.log_records.attributes)
        OR spanhouse_nested(arrayMap(s -> arrayMap(r -> arrayMap(b ->
            CAST(('body', b), 'Tuple(key String, value ${AnyValueQuoted})'), r.body), s.log_records), resource_logs.scope_logs))
)
ENGINE = Null
