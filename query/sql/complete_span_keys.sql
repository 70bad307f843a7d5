-- Attribute keys that hold a text, those that begin with it first, then the most frequent of the sample.
SELECT
    toValidUTF8(Key) AS Key,
    arraySort(groupUniqArray(toString(Type))) AS Types,
    arraySort(groupUniqArray(toString(Source))) AS Sources,
    sum(SampledCount) AS Count
FROM attribute_values
WHERE ProjectId = {project:String}
    AND ({scope:String} = '' OR toString(Source) = {scope:String})
    AND positionCaseInsensitiveUTF8(attribute_values.Key, {typed:String}) > 0
GROUP BY Key
ORDER BY startsWith(lowerUTF8(Key), lowerUTF8({typed:String})) DESC, Count DESC, Key
LIMIT {limit:UInt32}
