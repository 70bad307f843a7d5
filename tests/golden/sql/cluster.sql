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
-- What the trace list shows, by time: a trace has one row for each five minutes in which a batch of its spans
-- began, so readers group by TraceId.
CREATE TABLE IF NOT EXISTS trace_summaries ON CLUSTER 'main'
(
    ProjectId    LowCardinality(String),
    Bucket       DateTime('UTC') COMMENT 'five minutes, of the batch''s first span of the trace',
    TraceId      String,
    Start        SimpleAggregateFunction(min, DateTime64(9, 'UTC')),
    End          SimpleAggregateFunction(max, DateTime64(9, 'UTC')) COMMENT 'of the span that ends last',
    Root         SimpleAggregateFunction(min, Tuple(Start DateTime64(9, 'UTC'), Name String, Service String)) COMMENT 'of the spans without a parent the first; 2262-04-11 and empty before one came',
    Services     SimpleAggregateFunction(groupUniqArrayArray, Array(String)),
    Models       SimpleAggregateFunction(groupUniqArrayArray, Array(String)),
    Sessions     SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'gen_ai.conversation.id or session.id of any span',
    Users        SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'user.id of any span',
    SpanCount    SimpleAggregateFunction(sum, UInt64),
    ErrorCount   SimpleAggregateFunction(sum, UInt64),
    GenAiCount   SimpleAggregateFunction(sum, UInt64) COMMENT 'GenAI spans; what they used says gen_ai_usage',
    ModelCalls   SimpleAggregateFunction(sum, UInt64) COMMENT 'spans that make a model generate',
    InputTokens  SimpleAggregateFunction(sum, UInt64) COMMENT 'of the operations that call a model: where two instrumentations report one call it is in twice, unlike in gen_ai_usage',
    OutputTokens SimpleAggregateFunction(sum, UInt64)
)
ENGINE = ReplicatedAggregatingMergeTree
ORDER BY (ProjectId, Bucket, TraceId)
SETTINGS min_level_for_wide_part = 1, replicated_deduplication_window = 1000, default_compression_codec = 'ZSTD(1)';

-- 0017
CREATE MATERIALIZED VIEW IF NOT EXISTS trace_summaries_mv ON CLUSTER 'main' TO trace_summaries AS
SELECT
    ProjectId,
    toStartOfFiveMinutes(min(Timestamp)) AS Bucket,
    TraceId,
    min(Timestamp) AS Start,
    -- An end after 2262-04-11 is that day.
    max(spanhouse_time(toUnixTimestamp64Nano(Timestamp) + least(Duration, 9223372036854775807 - toUnixTimestamp64Nano(Timestamp)))) AS End,
    min(if(ParentSpanId = '',
        (Timestamp, toString(SpanName), toString(ServiceName)), (spanhouse_time(9223372036854775807), '', ''))) AS Root,
    groupUniqArray(ServiceName) AS Services,
    groupUniqArrayIf(GenAiRequestModel, GenAiRequestModel != '') AS Models,
    groupUniqArrayIf(SessionId, SessionId != '') AS Sessions,
    groupUniqArrayIf(UserId, UserId != '') AS Users,
    count() AS SpanCount,
    countIf(StatusCode = 'Error') AS ErrorCount,
    countIf(GenAiOperation != '') AS GenAiCount,
    countIf(GenAiOperation IN ('chat', 'generate_content', 'text_completion', 'fetch_response', 'image_generation', 'speech', 'transcription')) AS ModelCalls,
    sumIf(GenAiInputTokens, GenAiOperation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'image_generation', 'speech', 'transcription')) AS InputTokens,
    sumIf(GenAiOutputTokens, GenAiOperation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'image_generation', 'speech', 'transcription')) AS OutputTokens
FROM otel_traces
GROUP BY ProjectId, TraceId;

-- 0024
-- What came in: one row per request and project. Received = Stored + Rejected + Deduplicated, in items
-- (spans, log records, data points). Rows of accepted requests are written by the views on the inbox, in the same
-- insert as the data; rows of refused and repeated requests by the collector.
CREATE TABLE IF NOT EXISTS ingest_ledger ON CLUSTER 'main'
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
ENGINE = ReplicatedMergeTree
PARTITION BY toMonday(ReceivedAt)
ORDER BY (ReceivedAt, BatchId)
TTL toDateTime(ReceivedAt) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1, min_level_for_wide_part = 1, replicated_deduplication_window = 1000, default_compression_codec = 'ZSTD(1)';
