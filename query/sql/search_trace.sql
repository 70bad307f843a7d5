-- The spans of a trace that hold a text, in the order of its skeleton.
SELECT SpanId
FROM otel_traces
PREWHERE ${of_trace}
WHERE positionCaseInsensitiveUTF8(SpanName, {text:String}) > 0
    OR positionCaseInsensitiveUTF8(ServiceName, {text:String}) > 0
    OR positionCaseInsensitiveUTF8(StatusMessage, {text:String}) > 0
    OR arrayExists(n -> positionCaseInsensitiveUTF8(n, {text:String}) > 0, Events.Name)
    OR arrayExists(k -> positionCaseInsensitiveUTF8(k, {text:String}) > 0, mapKeys(SpanAttributes))
    OR arrayExists(v -> positionCaseInsensitiveUTF8(v, {text:String}) > 0, mapValues(SpanAttributes))
ORDER BY Timestamp, SpanId
