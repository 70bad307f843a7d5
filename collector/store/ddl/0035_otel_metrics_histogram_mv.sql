CREATE MATERIALIZED VIEW IF NOT EXISTS otel_metrics_histogram_mv ${on_cluster} TO otel_metrics_histogram AS
SELECT
    ${MetricValues},
    p.count AS Count,
    p.bucket_counts AS BucketCounts,
    p.explicit_bounds AS ExplicitBounds,
    ${ExemplarValues},
    p.flags AS Flags,
    AggregationTemporality,
    ifNull(p.sum, 0) AS Sum,
    ifNull(p.min, 0) AS Min,
    ifNull(p.max, 0) AS Max,
    isNotNull(p.sum) AS HasSum,
    isNotNull(p.min) AS HasMin,
    isNotNull(p.max) AS HasMax
FROM (SELECT * EXCEPT (gauge, sum, histogram, exponential_histogram, summary), tupleElement(histogram, 'aggregation_temporality') AS AggregationTemporality, untuple(arrayJoin(tupleElement(histogram, 'data_points'))) AS p FROM inbox_metric)
