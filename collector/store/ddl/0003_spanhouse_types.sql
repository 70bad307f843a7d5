-- The types of an array of AnyValue, in its order; where rewrite.py made text of a value, the type it had.
CREATE FUNCTION IF NOT EXISTS spanhouse_types ${on_cluster} AS (values) -> CAST(
    arrayMap((t, r) -> if(r = 0, t, r), CAST(tupleElement(values, 'type'), 'Array(UInt8)'), tupleElement(values, 'rewritten')),
    '${AttributeTypesQuoted}')
