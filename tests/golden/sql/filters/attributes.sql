-- http.route = "/cart" and retries in (5, true) and span.share < 0.5
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND NOT match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')
    AND (((has(SpanAttributeItems, {p0:String}) OR has(ResourceAttributeItems, {p0:String}))) AND ((has(SpanAttributeItems, {p1:String}) OR has(ResourceAttributeItems, {p1:String})) OR (has(SpanAttributeItems, {p2:String}) OR has(ResourceAttributeItems, {p2:String}))) AND (arrayExists((k, v, t) -> k = {p3:String} AND (t = 'int' AND toInt64OrZero(v) < {p4:Float64} OR t = 'double' AND toFloat64OrZero(v) < {p4:Float64}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes)))
UNION ALL
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')
    AND ((arrayExists((k, v, t) -> k = {p5:String} AND (t = 'string' AND v = {p6:String}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes) OR arrayExists((k, v, t) -> k = {p5:String} AND (t = 'string' AND v = {p6:String}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (arrayExists((k, v, t) -> k = {p7:String} AND (t = 'int' AND toInt64OrZero(v) = {p8:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p8:Int64} OR t = 'bool' AND v = {p9:String}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes) OR arrayExists((k, v, t) -> k = {p7:String} AND (t = 'int' AND toInt64OrZero(v) = {p8:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p8:Int64} OR t = 'bool' AND v = {p9:String}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (arrayExists((k, v, t) -> k = {p3:String} AND (t = 'int' AND toInt64OrZero(v) < {p4:Float64} OR t = 'double' AND toFloat64OrZero(v) < {p4:Float64}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes)))
-- p0 = 'http.route=/cart'
-- p1 = 'retries=\x015'
-- p2 = 'retries=\x01true'
-- p3 = 'share'
-- p4 = 0.5
-- p5 = 'http.route'
-- p6 = '/cart'
-- p7 = 'retries'
-- p8 = 5
-- p9 = 'true'
