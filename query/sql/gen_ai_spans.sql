-- What the GenAI spans of some traces used, and the names their prices are filed under.
SELECT
    TraceId,
    SpanId,
    ParentSpanId,
    toUnixTimestamp64Nano(Timestamp) AS StartNano,
    toValidUTF8(GenAiOperation) AS Operation,
    ${usage_columns}
FROM otel_traces
PREWHERE ${of}
    AND GenAiOperation != ''
ORDER BY Timestamp, SpanId
LIMIT {limit:UInt32}
