-- Whether any of these values is one that spanhouse_text does not map: neither a scalar nor an array of strings; or one
-- that claims to be rewritten, which a sender has no business to send. Takes an array, nested to any depth, of AnyValue.
CREATE FUNCTION IF NOT EXISTS spanhouse_unmapped ${on_cluster} AS (values) -> (
    arrayExists((t, r) -> t = 'empty' OR r != 0, arrayFlatten(tupleElement(values, 'type')), arrayFlatten(tupleElement(values, 'rewritten')))
    OR arrayExists(t -> t != 'string', arrayFlatten(tupleElement(tupleElement(tupleElement(values, 'array_value'), 'values'), 'type'))))
