-- What a trace holds in all, for a skeleton that does not show every span.
SELECT
    count() AS SpanCount,
    countIf(StatusCode = 'Error') AS ErrorCount,
    toUnixTimestamp64Nano(min(Timestamp)) AS StartNano,
    max(toUnixTimestamp64Nano(Timestamp) + toInt64(Duration)) AS EndNano
FROM otel_traces
PREWHERE ${of_trace}
