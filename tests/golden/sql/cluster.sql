-- 0001
-- What has been applied to this database: one row per numbered file. Written by migrate.py only.
CREATE TABLE IF NOT EXISTS schema_migrations ON CLUSTER 'main'
(
    Number    UInt32,
    Name      String,
    Checksum  String COMMENT 'SHA-256 of the file as shipped, before placeholders are filled in',
    AppliedAt DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplicatedMergeTree
ORDER BY Number;

-- 0016
-- When a trace began and ended: turns a trace id into a range of the sort key of otel_traces.
CREATE TABLE IF NOT EXISTS otel_traces_trace_id_ts ON CLUSTER 'main'
(
    ProjectId LowCardinality(String),
    TraceId   String CODEC(ZSTD(1)),
    Start     SimpleAggregateFunction(min, DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
    End       SimpleAggregateFunction(max, DateTime64(9, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = ReplicatedAggregatingMergeTree
ORDER BY (ProjectId, TraceId)
SETTINGS replicated_deduplication_window = 1000;

-- 0017
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_traces_trace_id_ts_mv ON CLUSTER 'main' TO otel_traces_trace_id_ts AS
SELECT ProjectId, TraceId, min(Timestamp) AS Start, max(Timestamp) AS End
FROM otel_traces
GROUP BY ProjectId, TraceId;

-- 0024
-- What came in: one row per request and project. Received = Stored + Rejected + Deduplicated, in items
-- (spans, log records, data points). Rows of accepted requests are written by the views on the inbox, in the same
-- insert as the data; rows of refused and repeated requests by the collector.
CREATE TABLE IF NOT EXISTS ingest_ledger ON CLUSTER 'main'
(
    ReceivedAt   DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    BatchId      String CODEC(ZSTD(1)),
    RequestId    String COMMENT 'hash of the body, hex' CODEC(ZSTD(1)),
    ProjectId    LowCardinality(String),
    Signal       LowCardinality(String) COMMENT 'traces, logs, metrics',
    Api          LowCardinality(String) COMMENT 'grpc, http/protobuf, http/json',
    Sender       LowCardinality(String) COMMENT 'address and user agent',
    Received     UInt64,
    Stored       UInt64,
    Rejected     UInt64,
    Deduplicated UInt64,
    RejectedRequests UInt64 COMMENT '1 where the whole request was refused; its items are unknown',
    Reasons      Map(LowCardinality(String), UInt64) COMMENT 'why items (or requests) were rejected',
    NeedsRewrite Bool COMMENT 'stored by a second insert, after its nested values were rewritten; that one has the counts'
)
ENGINE = ReplicatedMergeTree
PARTITION BY toMonday(ReceivedAt)
ORDER BY (ReceivedAt, BatchId)
TTL toDateTime(ReceivedAt) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1, replicated_deduplication_window = 1000;
