-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND ${conditions}
