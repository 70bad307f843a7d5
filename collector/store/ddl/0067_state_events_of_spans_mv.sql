-- Scores that came as events of the span they are about.
CREATE MATERIALIZED VIEW IF NOT EXISTS state_events_of_spans_mv ${on_cluster} TO state_events AS
SELECT ProjectId, TraceId, SpanId, tupleElement(e, 1) AS Timestamp, ReceivedAt, 'gen_ai.evaluation.result' AS EventName, tupleElement(e, 2) AS LogAttributes
FROM
(
    SELECT ProjectId, TraceId, SpanId, ReceivedAt,
        arrayJoin(arrayFilter((e, name) -> name = 'gen_ai.evaluation.result', arrayZip(`Events.Timestamp`, `Events.Attributes`), `Events.Name`)) AS e
    FROM otel_traces
    WHERE has(`Events.Name`, 'gen_ai.evaluation.result')
)
