-- One row per data point of a histogram. The OpenTelemetry ClickHouse exporter's columns first, then what it leaves out.
CREATE TABLE IF NOT EXISTS otel_metrics_histogram ${on_cluster}
(
    ${MetricColumns},
    Count UInt64 CODEC(ZSTD(1)),
    Sum Float64 CODEC(ZSTD(1)),
    BucketCounts Array(UInt64) CODEC(ZSTD(1)),
    ExplicitBounds Array(Float64) CODEC(ZSTD(1)),
    ${ExemplarColumns},
    Flags UInt32 CODEC(ZSTD(1)),
    Min Float64 CODEC(ZSTD(1)),
    Max Float64 CODEC(ZSTD(1)),
    AggregationTemporality Int32 CODEC(ZSTD(1)),
    ${MetricExtraColumns},
    HasSum Bool CODEC(ZSTD(1)),
    HasMin Bool CODEC(ZSTD(1)),
    HasMax Bool CODEC(ZSTD(1))
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${MetricPartitionWeek}
ORDER BY (ProjectId, MetricName, ServiceName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${deduplication_window}
