CREATE MATERIALIZED VIEW IF NOT EXISTS state_events_mv ${on_cluster} TO state_events AS
SELECT ProjectId, TraceId, SpanId, Timestamp, ReceivedAt, EventName, Body, LogAttributes
FROM otel_logs
WHERE EventName IN ('spanhouse.document.put', 'spanhouse.document.delete', 'spanhouse.annotation.put', 'spanhouse.annotation.delete', 'gen_ai.evaluation.result')
