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
                body ${LogBody},
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
        spanhouse_unmapped(request.resource_logs.resource.attributes.value)
        OR spanhouse_unmapped(request.resource_logs.scope_logs.scope.attributes.value)
        OR spanhouse_unmapped(request.resource_logs.scope_logs.log_records.attributes.value)
        OR arrayExists((t, r) -> t IN ('kvlist', 'bytes') OR r != 0,
            arrayFlatten(request.resource_logs.scope_logs.log_records.body.type), arrayFlatten(request.resource_logs.scope_logs.log_records.body.rewritten))
        OR arrayExists(t -> t != 'string', arrayFlatten(request.resource_logs.scope_logs.log_records.body.array_value.values.type))
        -- Whether any record is invalid; which ones and why says validity.py, by the same rules.
        OR arrayExists((t, observed) -> t > 9223372036854775807 OR observed > 9223372036854775807,
            arrayFlatten(request.resource_logs.scope_logs.log_records.time_unix_nano), arrayFlatten(request.resource_logs.scope_logs.log_records.observed_time_unix_nano))
        OR spanhouse_no_project(request.resource_logs.resource.attributes))
)
ENGINE = Null
