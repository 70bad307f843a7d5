-- Services and operations by the hour: exact counts for autocomplete and the services page.
CREATE TABLE IF NOT EXISTS span_operations ${on_cluster}
(
    ProjectId   LowCardinality(String),
    Hour        DateTime('UTC'),
    ServiceName LowCardinality(String),
    SpanName    LowCardinality(String),
    SpanKind    LowCardinality(String),
    SpanCount   SimpleAggregateFunction(sum, UInt64),
    ErrorCount  SimpleAggregateFunction(sum, UInt64),
    LastSeen    SimpleAggregateFunction(max, DateTime64(9, 'UTC'))
)
ENGINE = ${replicated}AggregatingMergeTree
ORDER BY (ProjectId, Hour, ServiceName, SpanName, SpanKind)
SETTINGS ${settings}
