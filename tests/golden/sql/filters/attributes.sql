-- http.route = "/cart" and retries in (5, true) and span.share < 0.5
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND splitByChar('_', _part)[4] != '0'
    AND ((has(SpanAttributeItems, {p7:String}) OR has(ResourceAttributeItems, {p7:String})))
    AND ((has(SpanAttributeItems, {p8:String}) OR has(ResourceAttributeItems, {p8:String})) OR (has(SpanAttributeItems, {p9:String}) OR has(ResourceAttributeItems, {p9:String})))
    AND ((arrayExists((k, v, t) -> k = {p0:String} AND (t = 'string' AND v = {p1:String}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes) OR arrayExists((k, v, t) -> k = {p0:String} AND (t = 'string' AND v = {p1:String}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (arrayExists((k, v, t) -> k = {p2:String} AND (t = 'int' AND toInt64OrZero(v) = {p3:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p3:Int64} OR t = 'bool' AND v = {p4:String}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes) OR arrayExists((k, v, t) -> k = {p2:String} AND (t = 'int' AND toInt64OrZero(v) = {p3:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p3:Int64} OR t = 'bool' AND v = {p4:String}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (arrayExists((k, v, t) -> k = {p5:String} AND (t = 'int' AND toInt64OrZero(v) < {p6:Float64} OR t = 'double' AND toFloat64OrZero(v) < {p6:Float64}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes)))
UNION ALL
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND splitByChar('_', _part)[4] = '0'
    AND ((arrayExists((k, v, t) -> k = {p0:String} AND (t = 'string' AND v = {p1:String}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes) OR arrayExists((k, v, t) -> k = {p0:String} AND (t = 'string' AND v = {p1:String}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (arrayExists((k, v, t) -> k = {p2:String} AND (t = 'int' AND toInt64OrZero(v) = {p3:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p3:Int64} OR t = 'bool' AND v = {p4:String}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes) OR arrayExists((k, v, t) -> k = {p2:String} AND (t = 'int' AND toInt64OrZero(v) = {p3:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p3:Int64} OR t = 'bool' AND v = {p4:String}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (arrayExists((k, v, t) -> k = {p5:String} AND (t = 'int' AND toInt64OrZero(v) < {p6:Float64} OR t = 'double' AND toFloat64OrZero(v) < {p6:Float64}), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes)))
-- p0 = 'http.route'
-- p1 = '/cart'
-- p2 = 'retries'
-- p3 = 5
-- p4 = 'true'
-- p5 = 'share'
-- p6 = 0.5
-- p7 = 'http.route=/cart'
-- p8 = 'retries=5'
-- p9 = 'retries=true'
