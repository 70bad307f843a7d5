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
SELECT ProjectId, TraceId, LastSpanId AS SpanId, EntityId AS AnnotationId, Created, Updated, LastKind AS Kind,
    if(Kind = 'score', ScoreName, LastAttributes['spanhouse.annotation.name']) AS Name,
    LastValue AS ScoreValue,
    LastAttributes['gen_ai.evaluation.score.label'] AS ScoreLabel,
    if(Kind = 'score', LastAttributes['gen_ai.evaluation.explanation'], LastBody) AS Text,
    LastAttributes['error.type'] AS ErrorType,
    LastAttributes['spanhouse.annotation.source'] AS Source,
    LastAttributes['spanhouse.annotation.author'] AS Author
FROM
(
    -- One aggregate a column: those that a question does not name are not read.
    SELECT ProjectId, TraceId, EntityId,
        argMax(SpanId, At) AS LastSpanId,
        argMax(Kind, At) AS LastKind,
        argMax(Name, At) AS ScoreName,
        argMax(tuple(ScoreValue), At).1 AS LastValue,
        argMax(Body, At) AS LastBody,
        argMax(LogAttributes, At) AS LastAttributes,
        min(Timestamp) AS Created,
        max(Timestamp) AS Updated
    FROM
    (
        SELECT *, (Timestamp, ReceivedAt) AS At
        FROM state_events
        WHERE TraceId != '' AND EventName IN ('gen_ai.evaluation.result', 'spanhouse.annotation.put', 'spanhouse.annotation.delete')
    )
    GROUP BY ProjectId, TraceId, EntityId
)
WHERE LastKind IN ('score', 'comment', 'label')
