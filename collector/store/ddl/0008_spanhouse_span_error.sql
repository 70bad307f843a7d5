-- Why a span cannot be stored, or '' (OTLP trace.proto: both ids and the start time are required).
-- 9223372036854775807 is the last nanosecond that DateTime64(9) holds, on 2262-04-11.
CREATE FUNCTION IF NOT EXISTS spanhouse_span_error ${on_cluster} AS (span) -> multiIf(
    length(tupleElement(span, 'trace_id')) != 16 OR tupleElement(span, 'trace_id') = repeat('\0', 16), 'trace_id is not 16 bytes, not all zero',
    length(tupleElement(span, 'span_id')) != 8 OR tupleElement(span, 'span_id') = repeat('\0', 8), 'span_id is not 8 bytes, not all zero',
    length(tupleElement(span, 'parent_span_id')) NOT IN (0, 8), 'parent_span_id is not 8 bytes',
    tupleElement(span, 'start_time_unix_nano') = 0, 'start_time_unix_nano is not set',
    tupleElement(span, 'start_time_unix_nano') > 9223372036854775807
        OR arrayExists(t -> t > 9223372036854775807, tupleElement(tupleElement(span, 'events'), 'time_unix_nano')), 'a time lies after 2262-04-11',
    '')
