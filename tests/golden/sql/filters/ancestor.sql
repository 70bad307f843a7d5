-- { service = web } << { status = error }
-- Spans of the right set above one in the left. A generation's spans are distinct, and 64 generations are followed, so
-- neither an id that was used twice nor a cycle grows.
SELECT *
FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND (StatusCode = {p1:String})
)
WHERE (TraceId, SpanId) IN (
    WITH RECURSIVE above AS
    (
        SELECT TraceId, ParentSpanId, toUInt8(1) AS Generation FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND (ServiceName != '' AND (ServiceName = {p0:String}))
)
        UNION ALL
        SELECT DISTINCT parent.TraceId, parent.ParentSpanId, toUInt8(above.Generation + 1) AS Generation FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND 1
) AS parent
        INNER JOIN above ON parent.TraceId = above.TraceId AND parent.SpanId = above.ParentSpanId
        WHERE above.Generation < 64
    )
    SELECT TraceId, ParentSpanId FROM above)
-- p0 = 'web'
-- p1 = 'Error'
