-- What the trace list shows, by time: a trace has one row for each five minutes in which a batch of its spans
-- began, so readers group by TraceId. RootName is the greatest name among spans without a parent, '' before one came.
CREATE TABLE IF NOT EXISTS trace_summaries ${on_cluster}
(
    ProjectId    LowCardinality(String),
    Bucket       DateTime('UTC') COMMENT 'five minutes, of the batch''s first span of the trace',
    TraceId      String CODEC(ZSTD(1)),
    Start        SimpleAggregateFunction(min, DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
    End          SimpleAggregateFunction(max, DateTime64(9, 'UTC')) COMMENT 'of the span that ends last' CODEC(ZSTD(1)),
    RootName     SimpleAggregateFunction(max, String) CODEC(ZSTD(1)),
    RootService  SimpleAggregateFunction(max, String) CODEC(ZSTD(1)),
    Services     SimpleAggregateFunction(groupUniqArrayArray, Array(String)) CODEC(ZSTD(1)),
    Models       SimpleAggregateFunction(groupUniqArrayArray, Array(String)) CODEC(ZSTD(1)),
    SpanCount    SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    ErrorCount   SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    InputTokens  SimpleAggregateFunction(sum, UInt64) COMMENT 'of spans that call a model; agents that repeat their children''s usage are left out' CODEC(ZSTD(1)),
    OutputTokens SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))
)
ENGINE = ${replicated}AggregatingMergeTree
ORDER BY (ProjectId, Bucket, TraceId)
SETTINGS ${deduplication_window}
