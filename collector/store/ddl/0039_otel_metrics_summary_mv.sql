CREATE MATERIALIZED VIEW IF NOT EXISTS otel_metrics_summary_mv ${on_cluster} TO otel_metrics_summary AS
SELECT
    ${MetricValues},
    p.count AS Count,
    p.sum AS Sum,
    p.quantile_values.quantile AS `ValueAtQuantiles.Quantile`,
    p.quantile_values.value AS `ValueAtQuantiles.Value`,
    p.flags AS Flags
FROM
(
    SELECT ${ResourceColumns}, ${ScopeColumns}, ${MetricOf}, 
        arrayJoin(m.summary.data_points) AS p
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
WHERE spanhouse_point_error(MetricName, p.start_time_unix_nano, p.time_unix_nano, CAST([], 'Array(UInt64)')) = ''
