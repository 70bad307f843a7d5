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
FROM (SELECT * EXCEPT (gauge, sum, histogram, exponential_histogram, summary), tupleElement(exponential_histogram, 'aggregation_temporality') AS AggregationTemporality, untuple(arrayJoin(tupleElement(exponential_histogram, 'data_points'))) AS p FROM inbox_metric)
