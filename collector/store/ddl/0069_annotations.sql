-- What is said of spans and traces, as the last events by (Timestamp, ReceivedAt) left it.
CREATE OR REPLACE VIEW annotations ${on_cluster}
(
    ProjectId    LowCardinality(String),
    TraceId      String,
    SpanId       String COMMENT 'empty: of the whole trace',
    AnnotationId String,
    Created      DateTime64(9, 'UTC'),
    Updated      DateTime64(9, 'UTC'),
    Kind         String COMMENT 'score, comment, label',
    Name         String COMMENT 'of a score; the label',
    ScoreValue   Nullable(Float64),
    ScoreLabel   String COMMENT 'of a score that is a category; true or false beside 1 or 0',
    Text         String COMMENT 'the comment; why a score is what it is',
    ErrorType    String COMMENT 'why there is no score',
    Source       String COMMENT 'human, code, llm',
    Author       String
) AS
SELECT ProjectId, TraceId, last.1 AS SpanId, AnnotationId, Created, Updated,
    multiIf(last.2 = 'gen_ai.evaluation.result', 'score', a['spanhouse.annotation.kind']) AS Kind,
    if(Kind = 'score', a['gen_ai.evaluation.name'], a['spanhouse.annotation.name']) AS Name,
    toFloat64OrNull(a['gen_ai.evaluation.score.value']) AS ScoreValue,
    a['gen_ai.evaluation.score.label'] AS ScoreLabel,
    if(Kind = 'score', a['gen_ai.evaluation.explanation'], last.3) AS Text,
    a['error.type'] AS ErrorType,
    a['spanhouse.annotation.source'] AS Source,
    a['spanhouse.annotation.author'] AS Author
FROM
(
    SELECT ProjectId, TraceId,
        if(LogAttributes['spanhouse.annotation.id'] != '', LogAttributes['spanhouse.annotation.id'],
            lower(hex(sipHash128(SpanId, Timestamp, toString(LogAttributes))))) AS AnnotationId,
        argMax((SpanId, EventName, Body, LogAttributes), (Timestamp, ReceivedAt, LogAttributes['log.record.uid'])) AS last,
        last.4 AS a,
        min(Timestamp) AS Created,
        max(Timestamp) AS Updated
    FROM state_events
    WHERE TraceId != '' AND EventName IN ('gen_ai.evaluation.result', 'spanhouse.annotation.put', 'spanhouse.annotation.delete')
    GROUP BY ProjectId, TraceId, AnnotationId
)
WHERE last.2 != 'spanhouse.annotation.delete' AND Kind IN ('score', 'comment', 'label')
