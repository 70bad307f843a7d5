-- card and items = 3 and severity_number >= 9
-- Log records of the window that meet the conditions.
SELECT Timestamp, ReceivedAt, TraceId, SpanId, SeverityText, SeverityNumber, EventName, ServiceName, ScopeName, Body, BodyType,
    LogAttributes, LogAttributeTypes, ResourceAttributes, ResourceAttributeTypes
FROM otel_logs
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND splitByChar('_', _part)[4] != '0'
    AND ((has(LogAttributeItems, {p4:String}) OR has(ResourceAttributeItems, {p4:String})))
    AND ((positionCaseInsensitiveUTF8(Body, {p0:String}) > 0 OR positionCaseInsensitiveUTF8(EventName, {p0:String}) > 0 OR positionCaseInsensitiveUTF8(ServiceName, {p0:String}) > 0 OR arrayExists(v -> positionCaseInsensitiveUTF8(v, {p0:String}) > 0, mapValues(LogAttributes))) AND (arrayExists((k, v, t) -> k = {p1:String} AND (t = 'int' AND toInt64OrZero(v) = {p2:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p2:Int64}), mapKeys(LogAttributes), mapValues(LogAttributes), LogAttributeTypes) OR arrayExists((k, v, t) -> k = {p1:String} AND (t = 'int' AND toInt64OrZero(v) = {p2:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p2:Int64}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (SeverityNumber >= {p3:Int64}))
UNION ALL
-- Log records of the window that meet the conditions.
SELECT Timestamp, ReceivedAt, TraceId, SpanId, SeverityText, SeverityNumber, EventName, ServiceName, ScopeName, Body, BodyType,
    LogAttributes, LogAttributeTypes, ResourceAttributes, ResourceAttributeTypes
FROM otel_logs
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND splitByChar('_', _part)[4] = '0'
    AND ((positionCaseInsensitiveUTF8(Body, {p0:String}) > 0 OR positionCaseInsensitiveUTF8(EventName, {p0:String}) > 0 OR positionCaseInsensitiveUTF8(ServiceName, {p0:String}) > 0 OR arrayExists(v -> positionCaseInsensitiveUTF8(v, {p0:String}) > 0, mapValues(LogAttributes))) AND (arrayExists((k, v, t) -> k = {p1:String} AND (t = 'int' AND toInt64OrZero(v) = {p2:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p2:Int64}), mapKeys(LogAttributes), mapValues(LogAttributes), LogAttributeTypes) OR arrayExists((k, v, t) -> k = {p1:String} AND (t = 'int' AND toInt64OrZero(v) = {p2:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p2:Int64}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (SeverityNumber >= {p3:Int64}))
-- p0 = 'card'
-- p1 = 'items'
-- p2 = 3
-- p3 = 9
-- p4 = 'items=3'
