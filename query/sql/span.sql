-- One span in full. A sender may have used its id twice, or stored it twice by a retry under another request.
SELECT
    ${span_columns},
    ReceivedAt
FROM otel_traces
PREWHERE ${of_trace}
    AND SpanId = {span_id:String}
ORDER BY Timestamp, ReceivedAt
LIMIT {nth:UInt32}, 1
