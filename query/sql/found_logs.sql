-- Log records of the window that meet the conditions.
SELECT Timestamp, ReceivedAt, TraceId, SpanId, SeverityText, SeverityNumber, EventName, ServiceName, ScopeName, Body, BodyType,
    LogAttributes, LogAttributeTypes, ResourceAttributes, ResourceAttributeTypes
FROM otel_logs
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ${conditions}
