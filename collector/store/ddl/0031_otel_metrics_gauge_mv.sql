CREATE MATERIALIZED VIEW IF NOT EXISTS otel_metrics_gauge_mv ${on_cluster} TO otel_metrics_gauge AS
SELECT
    ${MetricValues},
    if(p.value = 'as_int', toFloat64(p.as_int), p.as_double) AS Value,
    p.flags AS Flags,
    ${ExemplarValues},
    p.as_int AS ValueInt,
    CAST(p.value, 'Int8') AS ValueType
FROM (SELECT * EXCEPT (gauge, sum, histogram, exponential_histogram, summary), untuple(arrayJoin(tupleElement(gauge, 'data_points'))) AS p FROM inbox_metric)
