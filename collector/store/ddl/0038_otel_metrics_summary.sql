-- One row per data point of a summary. The OpenTelemetry ClickHouse exporter's columns first, then what it leaves out.
CREATE TABLE IF NOT EXISTS otel_metrics_summary ${on_cluster}
(
    ${MetricColumns},
    Count UInt64,
    Sum Float64,
    ValueAtQuantiles Nested(Quantile Float64, Value Float64),
    Flags UInt32,
    ${MetricExtraColumns}
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${MetricPartitionWeek}
ORDER BY (ProjectId, MetricName, ServiceName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${settings}
