-- (retries != 5 or not exists(resource.region)) and event.x contains 1
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ((((mapContains(SpanAttributes, {p0:String}) OR mapContains(ResourceAttributes, {p0:String})) AND NOT (arrayExists((k, v, t) -> k = {p0:String} AND (t = 'int' AND toInt64OrZero(v) = {p1:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p1:Int64}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes) OR arrayExists((k, v, t) -> k = {p0:String} AND (t = 'int' AND toInt64OrZero(v) = {p1:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p1:Int64}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes))) OR NOT (mapContains(ResourceAttributes, {p2:String}))) AND arrayExists((m, types) -> arrayExists((k, v, t) -> k = {p3:String} AND (positionCaseInsensitiveUTF8(v, {p4:String}) > 0), mapKeys(m), mapValues(m), types), Events.Attributes, Events.AttributeTypes))
-- p0 = 'retries'
-- p1 = 5
-- p2 = 'region'
-- p3 = 'x'
-- p4 = '1'
