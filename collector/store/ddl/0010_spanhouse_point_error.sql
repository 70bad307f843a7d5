-- Why a data point cannot be stored, or '' (OTLP metrics.proto: a metric's name and a point's time are required).
CREATE FUNCTION IF NOT EXISTS spanhouse_point_error ${on_cluster} AS (metric_name, start_nano, time_nano, exemplar_nanos) -> multiIf(
    metric_name = '', 'the metric has no name',
    time_nano = 0, 'time_unix_nano is not set',
    time_nano > 9223372036854775807 OR start_nano > 9223372036854775807
        OR arrayExists(t -> t > 9223372036854775807, exemplar_nanos), 'a time lies after 2262-04-11',
    '')
