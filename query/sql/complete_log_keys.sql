-- The same of attribute keys of the newest log records.
SELECT
    toValidUTF8(item.2) AS Key,
    arraySort(groupUniqArray(item.3)) AS Types,
    arraySort(groupUniqArray(item.1)) AS Sources,
    count() AS Count
FROM
(
    SELECT arrayJoin(arrayConcat(
        arrayMap((k, t) -> ('log', k, toString(t)), mapKeys(LogAttributes), LogAttributeTypes),
        arrayMap((k, t) -> ('resource', k, toString(t)), mapKeys(ResourceAttributes), ResourceAttributeTypes))) AS item
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
    AND positionCaseInsensitiveUTF8(item.2, {typed:String}) > 0
GROUP BY Key
ORDER BY startsWith(lowerUTF8(Key), lowerUTF8({typed:String})) DESC, Count DESC, Key
LIMIT {limit:UInt32}
