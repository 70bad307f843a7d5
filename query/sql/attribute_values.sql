-- Values of one attribute key in the last 30 days, the most frequent of the sample first.
SELECT toValidUTF8(Value) AS AttributeValue, sum(SampledCount) AS Count
FROM attribute_values
WHERE ProjectId = {project:String}
    AND Key = {key:String}
    AND startsWith(lowerUTF8(Value), lowerUTF8({prefix:String}))
GROUP BY AttributeValue
ORDER BY Count DESC, AttributeValue
LIMIT {limit:UInt32}
