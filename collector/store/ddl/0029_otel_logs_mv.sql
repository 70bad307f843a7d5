-- The mapping of a log record.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_logs_mv ${on_cluster} TO otel_logs AS
SELECT
    multiIf(r.time_unix_nano != 0, spanhouse_time(r.time_unix_nano), r.observed_time_unix_nano != 0, spanhouse_time(r.observed_time_unix_nano), ReceivedAt) AS Timestamp,
    lower(hex(r.trace_id)) AS TraceId,
    lower(hex(r.span_id)) AS SpanId,
    r.severity_text AS SeverityText,
    r.severity_number AS SeverityNumber,
    ResourceAttributes['service.name'] AS ServiceName,
    spanhouse_text(r.body) AS Body,
    ResourceSchemaUrl, ResourceAttributes, ScopeSchemaUrl, ScopeName, ScopeVersion, ScopeAttributes,
    spanhouse_attributes(r.attributes) AS LogAttributes,
    r.event_name AS EventName,
    ProjectId,
    ReceivedAt,
    spanhouse_time(r.observed_time_unix_nano) AS ObservedTimestamp,
    multiIf(r.time_unix_nano != 0, 'time', r.observed_time_unix_nano != 0, 'observed', 'received') AS TimestampSource,
    r.flags AS Flags,
    spanhouse_types([r.body])[1] AS BodyType,
    spanhouse_types(r.attributes.value) AS LogAttributeTypes,
    r.dropped_attributes_count AS DroppedAttrCount,
    ResourceAttributeTypes, ResourceDroppedAttrCount, ScopeAttributeTypes, ScopeDroppedAttrCount
FROM
(
    SELECT ${ResourceColumns}, ${ScopeOf},
        untuple(arrayJoin(ss.log_records)) AS r
    FROM
    (
        SELECT ${ResourceOf},
            untuple(arrayJoin(rs.scope_logs)) AS ss
        FROM (SELECT project, received_unix_nano, untuple(arrayJoin(tupleElement(request, 'resource_logs'))) AS rs FROM inbox_logs WHERE NOT needs_rewrite)
    )
)
