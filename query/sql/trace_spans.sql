-- Some spans of a trace in full, those of one resource and scope side by side.
SELECT
    ${span_columns}
FROM otel_traces
WHERE ${of_trace}
ORDER BY ServiceName, ScopeName, Timestamp, SpanId
