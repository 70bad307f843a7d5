-- Values of one attribute key of the series of one metric, the most frequent first.
SELECT toValidUTF8(item) AS Value, count() AS Series, count() OVER () AS Total
FROM
(
    ${series}
)
ARRAY JOIN arrayConcat(
    if(mapContains(Attributes, {key:String}), [Attributes[{key:String}]], []),
    if(mapContains(ResourceAttributes, {key:String}), [ResourceAttributes[{key:String}]], [])) AS item
WHERE startsWith(lowerUTF8(item), lowerUTF8({prefix:String}))
GROUP BY Value
ORDER BY Series DESC, Value
LIMIT {limit:UInt32}
