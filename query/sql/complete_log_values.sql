-- The same of values of one attribute key of the newest log records.
SELECT toValidUTF8(item.3) AS Value, item.4 AS Type, count() AS Count
FROM
(
    SELECT arrayJoin(arrayConcat(
        arrayMap((k, v, t) -> ('log', k, v, toString(t)), mapKeys(LogAttributes), mapValues(LogAttributes), LogAttributeTypes),
        arrayMap((k, v, t) -> ('resource', k, v, toString(t)), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes))) AS item
    FROM
    (
        SELECT LogAttributes, LogAttributeTypes, ResourceAttributes, ResourceAttributeTypes
        FROM otel_logs
        WHERE ProjectId = {project:String} AND toStartOfFiveMinutes(Timestamp) >= {since:UInt32}
        ORDER BY toStartOfFiveMinutes(Timestamp) DESC
        LIMIT 2000
    )
)
WHERE ({scope:String} = '' OR item.1 = {scope:String})
    AND item.2 = {key:String}
    AND item.4 IN ('string', 'int', 'double', 'bool')
    AND length(item.3) <= 128
    AND positionCaseInsensitiveUTF8(item.3, {typed:String}) > 0
GROUP BY Value, Type
ORDER BY startsWith(lowerUTF8(Value), lowerUTF8({typed:String})) DESC, Count DESC, Value
LIMIT {limit:UInt32}
