-- Attribute keys of the last 30 days, the most frequent of the sample first.
SELECT toValidUTF8(Key) AS AttributeKey, Type, Source, sum(SampledCount) AS Count
FROM attribute_values
WHERE ProjectId = {project:String}
    AND startsWith(lowerUTF8(Key), lowerUTF8({prefix:String}))
GROUP BY AttributeKey, Type, Source
ORDER BY Count DESC, AttributeKey, Source, Type
LIMIT {limit:UInt32}
