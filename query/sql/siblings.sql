-- Spans of the right set that share a parent with another span, which is in the left.
SELECT *
FROM (
${right}
)
WHERE ParentSpanId != ''
    AND (TraceId, ParentSpanId) IN (SELECT TraceId, ParentSpanId FROM (
${left}
))
    AND (TraceId, ParentSpanId, SpanId) NOT IN (SELECT TraceId, ParentSpanId, any(SpanId) FROM (
${left}
) GROUP BY TraceId, ParentSpanId HAVING uniqExact(SpanId) = 1)
