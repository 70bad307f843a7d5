-- When a trace's first and last span began: the range of the sort key to look in. Count is 0 for an unknown trace.
SELECT toUnixTimestamp64Nano(min(Start)) AS First, toUnixTimestamp64Nano(max(End)) AS Last, count() AS Count
FROM otel_traces_trace_id_ts
WHERE ProjectId = {project:String} AND TraceId = {trace_id:String}
