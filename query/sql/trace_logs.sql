-- The log records of a trace, the oldest first. They may come before and long after its spans, so the index on TraceId finds them.
SELECT
    Timestamp,
    SpanId,
    SeverityText,
    SeverityNumber,
    EventName,
    ServiceName,
    substringUTF8(Body, 1, {max_chars:UInt32}) AS ShownBody,
    lengthUTF8(Body) AS BodyLength,
    BodyType,
    LogAttributes,
    LogAttributeTypes,
    count() OVER () AS Total
FROM otel_logs
PREWHERE ProjectId = {project:String} AND TraceId = {trace_id:String}
ORDER BY Timestamp, SpanId, ReceivedAt, Body
LIMIT {limit:UInt32}
