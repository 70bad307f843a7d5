-- The parent of every span of some traces.
SELECT TraceId, SpanId, ParentSpanId
FROM otel_traces
PREWHERE ${of}
ORDER BY Timestamp, SpanId
