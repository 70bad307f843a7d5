-- Points of a sum that meet the conditions.
SELECT ${series_columns}, Value, AggregationTemporality,
    Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId
FROM otel_metrics_sum
WHERE ${of_metric}
    AND ${conditions}
