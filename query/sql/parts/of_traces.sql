ProjectId = {project:String}
    AND (toStartOfFiveMinutes(Timestamp), xxHash32(TraceId)) IN (
        SELECT toDateTime(slot, 'UTC'), xxHash32(id) FROM (SELECT arrayJoin(arrayZip({trace_ids:Array(String)}, {trace_slots:Array(Array(UInt32))})) AS of, of.1 AS id, arrayJoin(of.2) AS slot))
    AND TraceId IN {trace_ids:Array(String)}
