-- AnyValue -> the text stored in an attribute map. Its type is kept beside it (spanhouse_types), so that
-- the pair is lossless: numbers print their shortest round-trip form, arrays are JSON.
CREATE FUNCTION IF NOT EXISTS spanhouse_text ${on_cluster} AS (v) -> multiIf(
    tupleElement(v, 'type') = 'int', toString(tupleElement(v, 'int_value')),
    tupleElement(v, 'type') = 'double', toString(tupleElement(v, 'double_value')),
    tupleElement(v, 'type') = 'bool', toString(tupleElement(v, 'bool_value')),
    tupleElement(v, 'type') = 'array', toJSONString(tupleElement(tupleElement(tupleElement(v, 'array_value'), 'values'), 'string_value')),
    tupleElement(v, 'string_value'))
