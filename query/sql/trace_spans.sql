-- Spans of a trace in full, the oldest first; all ties of the last time are there, so the next batch begins after it.
SELECT
    ${span_columns}
FROM otel_traces
PREWHERE ${of_trace}
ORDER BY Timestamp
LIMIT {limit:UInt32} WITH TIES
