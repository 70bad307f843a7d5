-- Spans of the right set that are the parent of one in the left.
SELECT *
FROM (
${right}
)
WHERE (TraceId, SpanId) IN (SELECT TraceId, ParentSpanId FROM (
${left}
))
