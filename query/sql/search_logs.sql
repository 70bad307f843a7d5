-- A page of the log records that match, the newest first. It goes on in the middle of a nanosecond by skipping what it showed.
SELECT Timestamp, TraceId, SpanId, SeverityText, SeverityNumber, EventName, ServiceName, Body, BodyType, LogAttributes, LogAttributeTypes
FROM (
${rows}
)
WHERE Timestamp <= fromUnixTimestamp64Nano({before:Int64}, 'UTC')
ORDER BY Timestamp DESC, TraceId, SpanId, ReceivedAt, Body, toString(LogAttributes)
LIMIT {skip:UInt32}, {limit:UInt32}
