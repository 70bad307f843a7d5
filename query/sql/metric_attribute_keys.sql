-- Attribute keys of the series of one metric, those that tell more series apart first.
SELECT toValidUTF8(item.1) AS Key, item.3 AS Source, uniqExact(item.2) AS ValueCount, count() AS Series, count() OVER () AS Total
FROM
(
    ${series}
)
ARRAY JOIN arrayConcat(
    arrayMap((k, v) -> (k, v, 'metric'), mapKeys(Attributes), mapValues(Attributes)),
    arrayMap((k, v) -> (k, v, 'resource'), mapKeys(ResourceAttributes), mapValues(ResourceAttributes))) AS item
WHERE startsWith(lowerUTF8(item.1), lowerUTF8({prefix:String}))
GROUP BY Key, Source
ORDER BY Source, ValueCount DESC, Series DESC, Key
LIMIT {limit:UInt32}
