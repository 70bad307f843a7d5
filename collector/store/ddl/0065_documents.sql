-- Small things that people save, one row per event about one (instrumentation/semconv.md): the last by (Timestamp,
-- ReceivedAt) is the document as it is, the others are its history. Kept for good, whatever the retention of logs.
CREATE TABLE IF NOT EXISTS documents ${on_cluster}
(
    ProjectId  LowCardinality(String),
    Kind       LowCardinality(String) COMMENT 'sql_query, view, dashboard, alert, bookmark',
    DocumentId String,
    Timestamp  DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    ReceivedAt DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    EventId    String,
    IsDeleted  Bool,
    Name       String,
    Body       String COMMENT 'a JSON object; empty where the event deletes'
)
ENGINE = ${replicated}MergeTree
ORDER BY (ProjectId, Kind, DocumentId, Timestamp, ReceivedAt)
SETTINGS ${settings}
