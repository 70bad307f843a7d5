CREATE MATERIALIZED VIEW IF NOT EXISTS otel_metrics_summary_mv ${on_cluster} TO otel_metrics_summary AS
SELECT
    ${MetricValues},
    p.count AS Count,
    p.sum AS Sum,
    p.quantile_values.quantile AS `ValueAtQuantiles.Quantile`,
    p.quantile_values.value AS `ValueAtQuantiles.Value`,
    p.flags AS Flags
FROM (SELECT * EXCEPT (gauge, sum, histogram, exponential_histogram, summary), untuple(arrayJoin(tupleElement(summary, 'data_points'))) AS p FROM inbox_metric)
