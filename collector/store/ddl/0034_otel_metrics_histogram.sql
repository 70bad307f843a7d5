-- One row per data point of a histogram. The OpenTelemetry ClickHouse exporter's columns first, then what it leaves out.
CREATE TABLE IF NOT EXISTS otel_metrics_histogram ${on_cluster}
(
    ${MetricColumns},
    Count UInt64,
    Sum Float64,
    BucketCounts Array(UInt64),
    ExplicitBounds Array(Float64),
    ${ExemplarColumns},
    Flags UInt32,
    Min Float64,
    Max Float64,
    AggregationTemporality Int32,
    ${MetricExtraColumns},
    HasSum Bool,
    HasMin Bool,
    HasMax Bool
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${MetricPartitionWeek}
ORDER BY (ProjectId, MetricName, ServiceName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${settings}
