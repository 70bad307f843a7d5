-- What came in: one row per request and project. Received = Stored + Rejected + Deduplicated, in items
-- (spans, log records, data points). Rows of accepted requests are written by the views on the inbox, in the same
-- insert as the data; rows of refused and repeated requests by the collector.
CREATE TABLE IF NOT EXISTS ingest_ledger ${on_cluster}
(
    ReceivedAt   DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    BatchId      String,
    RequestId    String COMMENT 'hash of the body, hex',
    ProjectId    LowCardinality(String),
    Signal       LowCardinality(String) COMMENT 'traces, logs, metrics',
    Api          LowCardinality(String) COMMENT 'grpc, http/protobuf, http/json, in process',
    Sender       LowCardinality(String) COMMENT 'address and user agent',
    Received     UInt64,
    Stored       UInt64,
    Rejected     UInt64,
    Deduplicated UInt64,
    RejectedRequests UInt64 COMMENT '1 where the whole request was refused; its items are unknown',
    Reasons      Map(LowCardinality(String), UInt64) COMMENT 'why items (or requests) were rejected',
    NeedsRewrite Bool COMMENT 'stored by a second insert, after rewrite.py; that one has the counts'
)
ENGINE = ${replicated}MergeTree
PARTITION BY toMonday(ReceivedAt)
ORDER BY (ReceivedAt, BatchId)
TTL toDateTime(ReceivedAt) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1, ${settings}
