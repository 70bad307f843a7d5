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
FROM
(
    SELECT ${ResourceColumns}, ${ScopeColumns}, ${MetricOf}, m.sum.aggregation_temporality AS AggregationTemporality, m.sum.is_monotonic AS IsMonotonic,
        arrayJoin(m.sum.data_points) AS p
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
