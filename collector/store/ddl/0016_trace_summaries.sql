-- What the trace list shows, by time: a trace has one row for each five minutes in which a batch of its spans
-- began, so readers group by TraceId.
CREATE TABLE IF NOT EXISTS trace_summaries ${on_cluster}
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
ENGINE = ${replicated}AggregatingMergeTree
ORDER BY (ProjectId, Bucket, TraceId)
SETTINGS ${settings}
