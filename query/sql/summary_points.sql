-- Points of a summary that meet the conditions. Its count and sum are cumulative by definition.
SELECT ${series_columns}, 2 AS AggregationTemporality, Count, Sum, true AS HasSum,
    ValueAtQuantiles.Quantile AS Quantiles, ValueAtQuantiles.Value AS QuantileValues
FROM otel_metrics_summary
WHERE ${of_metric}
    AND ${conditions}
