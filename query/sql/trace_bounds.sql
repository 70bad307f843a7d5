-- When the first and the last span of some traces began, a row for each insert that is not merged yet.
SELECT Start, End
FROM otel_traces_trace_id_ts
WHERE ProjectId = {project:String} AND TraceId IN {trace_ids:Array(String)}
