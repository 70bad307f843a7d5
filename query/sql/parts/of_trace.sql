ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND xxHash32(TraceId) = xxHash32({trace_id:String})
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({first:Int64}, 'UTC') AND fromUnixTimestamp64Nano({last:Int64}, 'UTC')
    AND TraceId = {trace_id:String}
