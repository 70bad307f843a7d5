-- Spans of the right set above one in the left. A generation's spans are distinct, and 64 generations are followed, so
-- neither an id that was used twice nor a cycle grows.
SELECT *
FROM (
${right}
)
WHERE (TraceId, SpanId) IN (
    WITH RECURSIVE above AS
    (
        SELECT TraceId, ParentSpanId, toUInt8(1) AS Generation FROM (
${left}
)
        UNION ALL
        SELECT DISTINCT parent.TraceId, parent.ParentSpanId, toUInt8(above.Generation + 1) AS Generation FROM (
${every}
) AS parent
        INNER JOIN above ON parent.TraceId = above.TraceId AND parent.SpanId = above.ParentSpanId
        WHERE above.Generation < 64
    )
    SELECT TraceId, ParentSpanId FROM above)
