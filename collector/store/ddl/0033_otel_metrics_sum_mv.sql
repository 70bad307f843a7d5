CREATE MATERIALIZED VIEW IF NOT EXISTS otel_metrics_sum_mv ${on_cluster} TO otel_metrics_sum AS
SELECT
    ${MetricValues},
    if(p.value = 'as_int', toFloat64(p.as_int), p.as_double) AS Value,
    p.flags AS Flags,
    ${ExemplarValues},
    p.as_int AS ValueInt,
    CAST(p.value, 'Int8') AS ValueType,
    AggregationTemporality,
    IsMonotonic
FROM (SELECT * EXCEPT (gauge, sum, histogram, exponential_histogram, summary), tupleElement(sum, 'aggregation_temporality') AS AggregationTemporality, tupleElement(sum, 'is_monotonic') AS IsMonotonic, untuple(arrayJoin(tupleElement(sum, 'data_points'))) AS p FROM inbox_metric)
