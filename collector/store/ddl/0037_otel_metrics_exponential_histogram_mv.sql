CREATE MATERIALIZED VIEW IF NOT EXISTS otel_metrics_exponential_histogram_mv ${on_cluster} TO otel_metrics_exponential_histogram AS
SELECT
    ${MetricValues},
    p.count AS Count,
    p.scale AS Scale,
    p.zero_count AS ZeroCount,
    p.positive.offset AS PositiveOffset,
    p.positive.bucket_counts AS PositiveBucketCounts,
    p.negative.offset AS NegativeOffset,
    p.negative.bucket_counts AS NegativeBucketCounts,
    ${ExemplarValues},
    p.flags AS Flags,
    AggregationTemporality,
    ifNull(p.sum, 0) AS Sum,
    ifNull(p.min, 0) AS Min,
    ifNull(p.max, 0) AS Max,
    isNotNull(p.sum) AS HasSum,
    isNotNull(p.min) AS HasMin,
    isNotNull(p.max) AS HasMax,
    p.zero_threshold AS ZeroThreshold
FROM
(
    SELECT ${ResourceColumns}, ${ScopeColumns}, ${MetricOf}, m.exponential_histogram.aggregation_temporality AS AggregationTemporality,
        arrayJoin(m.exponential_histogram.data_points) AS p
    FROM
    (
        SELECT ${ResourceColumns}, ${ScopeOf}, arrayJoin(ss.metrics) AS m
        FROM
        (
            SELECT ${ResourceOf}, arrayJoin(rs.scope_metrics) AS ss
            FROM (SELECT project, received_unix_nano, arrayJoin(request.resource_metrics) AS rs FROM inbox_metrics WHERE NOT needs_rewrite)
        )
    )
)
WHERE spanhouse_point_error(MetricName, p.start_time_unix_nano, p.time_unix_nano, p.exemplars.time_unix_nano) = ''
