Timestamp, ReceivedAt, TraceId, SpanId, SeverityText, SeverityNumber, EventName, ServiceName, ScopeName,
    substringUTF8(Body, 1, {max_body:UInt32}) AS ShownBody, lengthUTF8(Body) AS BodyLength, BodyType,
    LogAttributes, LogAttributeTypes, ResourceAttributes, ResourceAttributeTypes,
    lower(hex(sipHash128(ReceivedAt, TraceId, SpanId, SeverityNumber, EventName, ServiceName, Body, toString(LogAttributes)))) AS Hash
