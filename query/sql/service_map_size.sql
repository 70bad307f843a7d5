-- How many spans the window has.
SELECT count() AS Spans
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
