CREATE MATERIALIZED VIEW IF NOT EXISTS span_operations_mv ${on_cluster} TO span_operations AS
SELECT ProjectId, toStartOfHour(Timestamp) AS Hour, ServiceName, SpanName, SpanKind,
    count() AS SpanCount, countIf(StatusCode = 'Error') AS ErrorCount, max(Timestamp) AS LastSeen
FROM otel_traces
GROUP BY ProjectId, Hour, ServiceName, SpanName, SpanKind
