-- Span names, of one service or of all, the most frequent first.
SELECT toValidUTF8(SpanName) AS Name, SpanKind, sum(SpanCount) AS Spans
FROM span_operations
WHERE ProjectId = {project:String}
    AND ({service:String} = '' OR ServiceName = {service:String})
    AND startsWith(lowerUTF8(SpanName), lowerUTF8({prefix:String}))
GROUP BY Name, SpanKind
ORDER BY Spans DESC, Name, SpanKind
LIMIT {limit:UInt32}
