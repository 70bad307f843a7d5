-- Why a log record cannot be stored, or ''. A trace id of a wrong length is kept: OTLP logs.proto has receivers
-- treat such a record as one without a trace.
CREATE FUNCTION IF NOT EXISTS spanhouse_log_error ${on_cluster} AS (record) ->
    if(tupleElement(record, 'time_unix_nano') > 9223372036854775807 OR tupleElement(record, 'observed_time_unix_nano') > 9223372036854775807,
        'a time lies after 2262-04-11', '')
