-- cart 503
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ((positionCaseInsensitiveUTF8(SpanName, {p0:String}) > 0 OR positionCaseInsensitiveUTF8(ServiceName, {p0:String}) > 0 OR positionCaseInsensitiveUTF8(StatusMessage, {p0:String}) > 0 OR arrayExists(v -> positionCaseInsensitiveUTF8(v, {p0:String}) > 0, mapValues(SpanAttributes))) AND (positionCaseInsensitiveUTF8(SpanName, {p1:String}) > 0 OR positionCaseInsensitiveUTF8(ServiceName, {p1:String}) > 0 OR positionCaseInsensitiveUTF8(StatusMessage, {p1:String}) > 0 OR arrayExists(v -> positionCaseInsensitiveUTF8(v, {p1:String}) > 0, mapValues(SpanAttributes))))
-- p0 = 'cart'
-- p1 = '503'
