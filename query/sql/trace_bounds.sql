-- When the first and the last span of some traces began: the range of the sort key to look in. Count is 0 for none.
SELECT toUnixTimestamp64Nano(min(Start)) AS First, toUnixTimestamp64Nano(max(End)) AS Last, count() AS Count
FROM otel_traces_trace_id_ts
WHERE ProjectId = {project:String} AND TraceId IN {trace_ids:Array(String)}
