-- One span in full. A sender that retried under another request may have stored it twice: the first that arrived.
SELECT
    ${span_columns},
    ReceivedAt
FROM otel_traces
PREWHERE ${of_trace}
    AND SpanId = {span_id:String}
ORDER BY ReceivedAt
LIMIT 1
