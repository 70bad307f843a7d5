-- Whether any of these values is one that SQL does not map: a key-value list, an array that holds bytes or
-- lists, a double in an array that JSON cannot write; or one of the rewritten kinds, which a sender has no business to
-- send. Takes an array, nested to any depth, of AnyValue.
CREATE FUNCTION IF NOT EXISTS spanhouse_nested ${on_cluster} AS (values) -> (
    hasAny(arrayFlatten(tupleElement(values, 'value')), ['kvlist_value', 'array_json', 'kvlist_json', 'any_json'])
    OR hasAny(
        arrayFlatten(tupleElement(tupleElement(tupleElement(values, 'array_value'), 'values'), 'value')),
        ['bytes_value', 'array_value', 'kvlist_value'])
    OR arrayExists(d -> NOT isFinite(d),
        arrayFlatten(tupleElement(tupleElement(tupleElement(values, 'array_value'), 'values'), 'double_value'))))
