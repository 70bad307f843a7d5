ProjectId = {project:String}
        AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
        AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
        -- Whole traces, the same of every span.
        AND xxHash32(TraceId) % {one_in:UInt32} = 0
