-- Spans of the right set whose parent is in the left one.
SELECT *
FROM (
${right}
)
WHERE (TraceId, ParentSpanId) IN (SELECT TraceId, SpanId FROM (
${left}
))
