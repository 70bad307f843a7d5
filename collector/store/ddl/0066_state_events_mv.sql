-- A document's id, an annotation's or an alert's: an event carries one of them, or none.
CREATE MATERIALIZED VIEW IF NOT EXISTS state_events_mv ${on_cluster} TO state_events AS
SELECT ProjectId, TraceId, if(Id != '', Id, lower(hex(sipHash128(SpanId, Timestamp, toString(LogAttributes))))) AS EntityId,
    SpanId, Timestamp, ReceivedAt, EventName, if(EventName = 'gen_ai.evaluation.result', 'score', AnyKind) AS Kind, Name, toFloat64OrNull(Value) AS ScoreValue, Body, LogAttributes
FROM
(
    SELECT ProjectId, TraceId, SpanId, Timestamp, ReceivedAt, EventName, Body, LogAttributes,
        concat(LogAttributes['spanhouse.document.id'], LogAttributes['spanhouse.annotation.id'], LogAttributes['spanhouse.alert.id']) AS Id,
        concat(LogAttributes['spanhouse.document.kind'], LogAttributes['spanhouse.annotation.kind']) AS AnyKind,
        LogAttributes['gen_ai.evaluation.name'] AS Name,
        LogAttributes['gen_ai.evaluation.score.value'] AS Value
    FROM otel_logs
    WHERE EventName IN ('spanhouse.document.put', 'spanhouse.document.delete', 'spanhouse.annotation.put', 'spanhouse.annotation.delete', 'gen_ai.evaluation.result', 'spanhouse.alert.state', 'spanhouse.alert.notification')
)
