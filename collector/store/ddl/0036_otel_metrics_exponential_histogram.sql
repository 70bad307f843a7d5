-- One row per data point of an exponential histogram. The OpenTelemetry ClickHouse exporter's columns first, then what it leaves out.
CREATE TABLE IF NOT EXISTS otel_metrics_exponential_histogram ${on_cluster}
(
    ${MetricColumns},
    Count UInt64,
    Sum Float64,
    Scale Int32,
    ZeroCount UInt64,
    PositiveOffset Int32,
    PositiveBucketCounts Array(UInt64),
    NegativeOffset Int32,
    NegativeBucketCounts Array(UInt64),
    ${ExemplarColumns},
    Flags UInt32,
    Min Float64,
    Max Float64,
    AggregationTemporality Int32,
    ${MetricExtraColumns},
    HasSum Bool,
    HasMin Bool,
    HasMax Bool,
    ZeroThreshold Float64
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${MetricPartitionWeek}
ORDER BY (ProjectId, MetricName, ServiceName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${settings}
