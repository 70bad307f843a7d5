-- When a trace began and ended: turns a trace id into a range of the sort key of otel_traces.
CREATE TABLE IF NOT EXISTS otel_traces_trace_id_ts ${on_cluster}
(
    ProjectId LowCardinality(String),
    TraceId   String,
    Start     SimpleAggregateFunction(min, DateTime64(9, 'UTC')),
    End       SimpleAggregateFunction(max, DateTime64(9, 'UTC')) COMMENT 'of the span that ends last: none starts later'
)
ENGINE = ${replicated}AggregatingMergeTree
ORDER BY (ProjectId, TraceId)
SETTINGS ${settings}
