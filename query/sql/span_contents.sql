-- Some spans of a trace in full, in the skeleton's order.
SELECT
    ${span_columns}
FROM otel_traces
PREWHERE ${of_trace}
    AND SpanId IN {span_ids:Array(String)}
ORDER BY Timestamp, SpanId
