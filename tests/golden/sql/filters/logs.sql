-- card and items = 3 and severity_number >= 9
-- Log records of the window that meet the conditions.
SELECT Timestamp, ReceivedAt, TraceId, SpanId, SeverityText, SeverityNumber, EventName, ServiceName, ScopeName, Body, BodyType,
    LogAttributes, LogAttributeTypes, ResourceAttributes, ResourceAttributeTypes
FROM otel_logs
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND NOT match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')
    AND (hasAllTokens(LogText, lowerUTF8({p0:String})) AND ((has(LogAttributeItems, {p1:String}) OR has(ResourceAttributeItems, {p1:String}))) AND (SeverityNumber >= {p2:Int64}))
UNION ALL
-- Log records of the window that meet the conditions.
SELECT Timestamp, ReceivedAt, TraceId, SpanId, SeverityText, SeverityNumber, EventName, ServiceName, ScopeName, Body, BodyType,
    LogAttributes, LogAttributeTypes, ResourceAttributes, ResourceAttributeTypes
FROM otel_logs
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')
    AND (hasAllTokens(concat(LogText, ''), lowerUTF8({p0:String})) AND (arrayExists((k, v, t) -> k = {p3:String} AND (t = 'int' AND toInt64OrZero(v) = {p4:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p4:Int64}), mapKeys(LogAttributes), mapValues(LogAttributes), LogAttributeTypes) OR arrayExists((k, v, t) -> k = {p3:String} AND (t = 'int' AND toInt64OrZero(v) = {p4:Int64} OR t = 'double' AND toFloat64OrZero(v) = {p4:Int64}), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)) AND (SeverityNumber >= {p2:Int64}))
-- p0 = 'card'
-- p1 = 'items=\x013'
-- p2 = 9
-- p3 = 'items'
-- p4 = 3
