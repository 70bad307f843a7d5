-- The mapping of a span.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_traces_mv ${on_cluster} TO otel_traces AS
SELECT
    spanhouse_time(s.start_time_unix_nano) AS Timestamp,
    lower(hex(s.trace_id)) AS TraceId,
    lower(hex(s.span_id)) AS SpanId,
    lower(hex(s.parent_span_id)) AS ParentSpanId,
    s.trace_state AS TraceState,
    s.name AS SpanName,
    transform(s.kind, [0, 1, 2, 3, 4, 5], ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'], toString(s.kind)) AS SpanKind,
    ResourceAttributes['service.name'] AS ServiceName,
    ResourceAttributes,
    ScopeName,
    ScopeVersion,
    SpanAttributes,
    if(s.end_time_unix_nano < s.start_time_unix_nano, 0, s.end_time_unix_nano - s.start_time_unix_nano) AS Duration,
    transform(s.status.code, [0, 1, 2], ['Unset', 'Ok', 'Error'], toString(s.status.code)) AS StatusCode,
    s.status.message AS StatusMessage,
    arrayMap(t -> spanhouse_time(t), s.events.time_unix_nano) AS `Events.Timestamp`,
    s.events.name AS `Events.Name`,
    arrayMap(a -> spanhouse_attributes(a), s.events.attributes) AS `Events.Attributes`,
    arrayMap(a -> spanhouse_types(a.value), s.events.attributes) AS `Events.AttributeTypes`,
    s.events.dropped_attributes_count AS `Events.DroppedAttrCount`,
    arrayMap(i -> lower(hex(i)), s.links.trace_id) AS `Links.TraceId`,
    arrayMap(i -> lower(hex(i)), s.links.span_id) AS `Links.SpanId`,
    s.links.trace_state AS `Links.TraceState`,
    arrayMap(a -> spanhouse_attributes(a), s.links.attributes) AS `Links.Attributes`,
    arrayMap(a -> spanhouse_types(a.value), s.links.attributes) AS `Links.AttributeTypes`,
    s.links.dropped_attributes_count AS `Links.DroppedAttrCount`,
    s.links.flags AS `Links.Flags`,
    ProjectId,
    ReceivedAt,
    if(s.end_time_unix_nano < s.start_time_unix_nano, toInt64(s.end_time_unix_nano) - toInt64(s.start_time_unix_nano), 0) AS EndOffset,
    s.flags AS Flags,
    spanhouse_types(s.attributes.value) AS SpanAttributeTypes,
    s.dropped_attributes_count AS DroppedAttrCount,
    s.dropped_events_count AS DroppedEventsCount,
    s.dropped_links_count AS DroppedLinksCount,
    ${ResourceAndScopeColumns},
    ${GenAiFound}
FROM
(
    -- Once, by name: a macro is planned again wherever its alias is used.
    SELECT *, spanhouse_attributes(s.attributes) AS SpanAttributes
    FROM
    (
        SELECT ${ResourceColumns}, ${ScopeOf},
            untuple(arrayJoin(ss.spans)) AS s
        FROM
        (
            SELECT ${ResourceOf},
                untuple(arrayJoin(rs.scope_spans)) AS ss
            FROM (SELECT project, received_unix_nano, untuple(arrayJoin(tupleElement(request, 'resource_spans'))) AS rs FROM inbox_traces WHERE NOT needs_rewrite)
        )
    )
)
