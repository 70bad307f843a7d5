-- { service = web } > { status = error }
-- Spans of the right set whose parent is in the left one.
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
WHERE (TraceId, ParentSpanId) IN (SELECT TraceId, SpanId FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND (ServiceName != '' AND (ServiceName = {p0:String}))
))
-- p0 = 'web'
-- p1 = 'Error'
