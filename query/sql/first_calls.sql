-- The first call of a model of some traces, in full.
SELECT
    ${span_columns}
FROM otel_traces
PREWHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND xxHash32(TraceId) IN (SELECT xxHash32(arrayJoin({trace_ids:Array(String)})))
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({first:Int64}, 'UTC') AND fromUnixTimestamp64Nano({last:Int64}, 'UTC')
    AND TraceId IN {trace_ids:Array(String)}
    AND GenAiOperation IN {operations:Array(String)}
ORDER BY Timestamp
LIMIT 1 BY TraceId
