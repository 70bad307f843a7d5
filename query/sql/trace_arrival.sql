-- What has come of a trace so far, and when the last of it came.
SELECT
    count() AS SpanCount,
    countIf(ParentSpanId = '') AS RootCount,
    max(ReceivedAt) AS Received
FROM otel_traces
PREWHERE ${of_trace}
