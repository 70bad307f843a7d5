-- Points of a gauge that meet the conditions.
SELECT ${series_columns}, Value, 0 AS AggregationTemporality,
    Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId
FROM otel_metrics_gauge
WHERE ${of_metric}
    AND ${conditions}
