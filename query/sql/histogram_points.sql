-- Points of a histogram that meet the conditions.
SELECT ${series_columns}, AggregationTemporality, Count, Sum, HasSum, BucketCounts, ExplicitBounds, Min, Max, HasMin, HasMax,
    Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId
FROM otel_metrics_histogram
WHERE ${of_metric}
    AND ${conditions}
