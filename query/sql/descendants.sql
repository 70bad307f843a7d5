-- Spans of the right set below one in the left. A generation's spans are distinct, and 64 generations are followed, so
-- neither an id that was used twice nor a cycle grows.
SELECT *
FROM (
${right}
)
WHERE (TraceId, ParentSpanId) IN (
    WITH RECURSIVE below AS
    (
        SELECT TraceId, SpanId, toUInt8(1) AS Generation FROM (
${left}
)
        UNION ALL
        SELECT DISTINCT child.TraceId, child.SpanId, toUInt8(below.Generation + 1) AS Generation FROM (
${every}
) AS child
        INNER JOIN below ON child.TraceId = below.TraceId AND child.ParentSpanId = below.SpanId
        WHERE below.Generation < 64
    )
    SELECT TraceId, SpanId FROM below)
