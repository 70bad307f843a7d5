-- Values of a field that hold a text, of the newest rows that have one.
SELECT toValidUTF8(Found) AS Value, 'string' AS Type, count() AS Count
FROM
(
    SELECT ${value} AS Found
    FROM ${table}
    WHERE ProjectId = {project:String} AND toStartOfFiveMinutes(Timestamp) >= {since:UInt32} AND Found != ''
    ORDER BY toStartOfFiveMinutes(Timestamp) DESC
    LIMIT 2000
)
WHERE length(Found) <= 128 AND positionCaseInsensitiveUTF8(Found, {typed:String}) > 0
GROUP BY Value
ORDER BY startsWith(lowerUTF8(Value), lowerUTF8({typed:String})) DESC, Count DESC, Value
LIMIT {limit:UInt32}
