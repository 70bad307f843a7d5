ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND xxHash32(TraceId) IN (SELECT xxHash32(arrayJoin({trace_ids:Array(String)})))
    AND TraceId IN {trace_ids:Array(String)}
