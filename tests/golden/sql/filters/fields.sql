-- status = error and duration > 50ms and name ~ "^GET" and service != web
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ((StatusCode = {p0:String}) AND (Duration > {p1:Int64}) AND (SpanName != '' AND (match(SpanName, {p2:String}))) AND (ServiceName != '' AND NOT (ServiceName != '' AND (ServiceName = {p3:String}))))
-- p0 = 'Error'
-- p1 = 50000000
-- p2 = '^GET'
-- p3 = 'web'
