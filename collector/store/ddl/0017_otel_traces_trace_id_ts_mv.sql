CREATE MATERIALIZED VIEW IF NOT EXISTS otel_traces_trace_id_ts_mv ${on_cluster} TO otel_traces_trace_id_ts AS
SELECT ProjectId, TraceId, min(Timestamp) AS Start, max(Timestamp) AS End
FROM otel_traces
GROUP BY ProjectId, TraceId
