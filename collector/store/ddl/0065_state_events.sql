-- Log events that state is folded from (instrumentation/semconv.md), as they came: all of them are its history, kept for good,
-- whatever the retention of logs. One table and one view fill it for every kind of state: each view on otel_logs costs an
-- INSERT 2 ms of planning; folding is left to readers (documents, annotations).
CREATE TABLE IF NOT EXISTS state_events ${on_cluster}
(
    ProjectId     LowCardinality(String),
    TraceId       String COMMENT 'of what the event is about; empty where that is not of a trace',
    SpanId        String,
    Timestamp     DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    ReceivedAt    DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    EventName     LowCardinality(String),
    Body          String,
    LogAttributes Map(LowCardinality(String), String)
)
ENGINE = ${replicated}MergeTree
ORDER BY (ProjectId, TraceId, EventName, Timestamp)
SETTINGS ${settings}
