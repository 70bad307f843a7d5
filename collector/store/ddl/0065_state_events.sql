-- Log events that state is folded from (instrumentation/semconv.md), as they came: all of them are its history, kept for good,
-- whatever the retention of logs. One table and one view on otel_logs fill it for every kind of state, since each view costs an
-- INSERT some 4 ms of planning; folding is left to readers (documents, annotations). What has a column of its own here is what a
-- million scores are searched by.
CREATE TABLE IF NOT EXISTS state_events ${on_cluster}
(
    ProjectId     LowCardinality(String),
    TraceId       String COMMENT 'of what the event is about; empty where that is not of a trace',
    EntityId      String COMMENT 'of the annotation, document or alert; of a score that came without one a hash of it',
    SpanId        String,
    Timestamp     DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    ReceivedAt    DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    EventName     LowCardinality(String),
    Kind          LowCardinality(String) COMMENT 'of a document its own; score, comment, label; empty where an annotation is deleted',
    Name          LowCardinality(String) COMMENT 'of a score',
    ScoreValue    Nullable(Float64),
    Body          String,
    LogAttributes Map(LowCardinality(String), String)
)
ENGINE = ${replicated}MergeTree
ORDER BY (ProjectId, TraceId, EntityId, Timestamp)
SETTINGS ${settings}
