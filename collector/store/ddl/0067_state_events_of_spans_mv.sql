-- Scores that came as events of the span they are about.
CREATE MATERIALIZED VIEW IF NOT EXISTS state_events_of_spans_mv ${on_cluster} TO state_events AS
SELECT ProjectId, TraceId,
    if(a['spanhouse.annotation.id'] != '', a['spanhouse.annotation.id'], lower(hex(sipHash128(SpanId, t, toString(a))))) AS EntityId,
    SpanId, t AS Timestamp, ReceivedAt, 'gen_ai.evaluation.result' AS EventName, 'score' AS Kind,
    a['gen_ai.evaluation.name'] AS Name, toFloat64OrNull(a['gen_ai.evaluation.score.value']) AS ScoreValue, a AS LogAttributes
FROM
(
    SELECT ProjectId, TraceId, SpanId, ReceivedAt,
        arrayJoin(arrayFilter((e, name) -> name = 'gen_ai.evaluation.result', arrayZip(`Events.Timestamp`, `Events.Attributes`), `Events.Name`)) AS e,
        tupleElement(e, 1) AS t, tupleElement(e, 2) AS a
    FROM otel_traces
    WHERE has(`Events.Name`, 'gen_ai.evaluation.result')
)
