-- One row per data point of a sum (a counter). The OpenTelemetry ClickHouse exporter's columns first, then what it leaves out.
CREATE TABLE IF NOT EXISTS otel_metrics_sum ${on_cluster}
(
    ${MetricColumns},
    Value Float64 COMMENT 'rounded where ValueType is int: see ValueInt',
    Flags UInt32,
    ${ExemplarColumns},
    AggregationTemporality Int32,
    IsMonotonic Bool,
    ${MetricExtraColumns},
    ValueInt Int64 COMMENT 'the value where ValueType is int',
    ValueType Enum8('none' = 0, 'double' = 4, 'int' = 6)
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${MetricPartitionWeek}
ORDER BY (ProjectId, MetricName, ServiceName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${settings}
