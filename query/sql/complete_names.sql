-- Services or names of spans that hold a text, those that begin with it first, then the most frequent.
SELECT toValidUTF8(${column}) AS Value, 'string' AS Type, sum(SpanCount) AS Count
FROM span_operations
WHERE ProjectId = {project:String}
    AND positionCaseInsensitiveUTF8(${column}, {typed:String}) > 0
GROUP BY Value
ORDER BY startsWith(lowerUTF8(Value), lowerUTF8({typed:String})) DESC, Count DESC, Value
LIMIT {limit:UInt32}
