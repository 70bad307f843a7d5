-- { service = web } ~~ { }
-- Spans of the right set that share a parent with another span, which is in the left.
SELECT *
FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND 1
)
WHERE ParentSpanId != ''
    AND (TraceId, ParentSpanId) IN (SELECT TraceId, ParentSpanId FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND (ServiceName != '' AND (ServiceName = {p0:String}))
))
    AND (TraceId, ParentSpanId, SpanId) NOT IN (SELECT TraceId, ParentSpanId, any(SpanId) FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND (ServiceName != '' AND (ServiceName = {p0:String}))
) GROUP BY TraceId, ParentSpanId HAVING uniqExact(SpanId) = 1)
-- p0 = 'web'
