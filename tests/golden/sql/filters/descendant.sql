-- { http.route = a } >> { status = error }
-- Spans of the right set below one in the left. A generation's spans are distinct, and 64 generations are followed, so
-- neither an id that was used twice nor a cycle grows.
SELECT *
FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND (StatusCode = {p3:String})
)
WHERE (TraceId, ParentSpanId) IN (
    WITH RECURSIVE below AS
    (
        SELECT TraceId, SpanId, toUInt8(1) AS Generation FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND NOT match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')
    AND ((has(SpanAttributeItems, {p0:String}) OR has(ResourceAttributeItems, {p0:String})))
UNION ALL
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')
    AND (arrayExists((k, v, t) -> k = {p1:String} AND (t = 'string' AND v = {p2:String}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes) OR arrayExists((k, v, t) -> k = {p1:String} AND (t = 'string' AND v = {p2:String}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes))
)
        UNION ALL
        SELECT DISTINCT child.TraceId, child.SpanId, toUInt8(below.Generation + 1) AS Generation FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND 1
) AS child
        INNER JOIN below ON child.TraceId = below.TraceId AND child.ParentSpanId = below.SpanId
        WHERE below.Generation < 64
    )
    SELECT TraceId, SpanId FROM below)
-- p0 = 'http.route=a'
-- p1 = 'http.route'
-- p2 = 'a'
-- p3 = 'Error'
