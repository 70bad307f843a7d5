-- Whether any of these attributes holds a value that SQL does not map: a key-value list, an array that holds
-- bytes or lists, a double in an array that JSON cannot write. Takes an array, nested to any depth, of KeyValue.
CREATE FUNCTION IF NOT EXISTS spanhouse_nested ${on_cluster} AS (attributes) -> (
    has(arrayFlatten(tupleElement(tupleElement(attributes, 'value'), 'value')), 'kvlist_value')
    OR hasAny(
        arrayFlatten(tupleElement(tupleElement(tupleElement(tupleElement(attributes, 'value'), 'array_value'), 'values'), 'value')),
        ['bytes_value', 'array_value', 'kvlist_value'])
    OR arrayExists(d -> NOT isFinite(d),
        arrayFlatten(tupleElement(tupleElement(tupleElement(tupleElement(attributes, 'value'), 'array_value'), 'values'), 'double_value'))))
