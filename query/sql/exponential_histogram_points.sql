-- Points of an exponential histogram that meet the conditions.
SELECT ${series_columns}, AggregationTemporality, Count, Sum, HasSum, Scale, ZeroCount, ZeroThreshold, PositiveOffset,
    PositiveBucketCounts, NegativeOffset, NegativeBucketCounts, Min, Max, HasMin, HasMax,
    Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId
FROM otel_metrics_exponential_histogram
WHERE ${of_metric}
    AND ${conditions}
