-- Values of one attribute key that hold a text, those that begin with it first, then the most frequent of the sample.
SELECT toValidUTF8(attribute_values.Value) AS Value, toString(attribute_values.Type) AS Type, sum(SampledCount) AS Count
FROM attribute_values
WHERE ProjectId = {project:String}
    AND ({scope:String} = '' OR toString(Source) = {scope:String})
    AND Key = {key:String}
    AND attribute_values.Type IN ('string', 'int', 'double', 'bool')
    AND positionCaseInsensitiveUTF8(attribute_values.Value, {typed:String}) > 0
GROUP BY Value, Type
ORDER BY startsWith(lowerUTF8(Value), lowerUTF8({typed:String})) DESC, Count DESC, Value
LIMIT {limit:UInt32}
