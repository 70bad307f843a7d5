-- AnyValue -> the text stored in an attribute map. Its type is kept beside it (spanhouse_type), so that
-- the pair is lossless: numbers print their shortest round-trip form, bytes are base64, arrays are JSON.
CREATE FUNCTION IF NOT EXISTS spanhouse_text ${on_cluster} AS (v) -> multiIf(
    tupleElement(v, 'value') = 'string_value', tupleElement(v, 'string_value'),
    tupleElement(v, 'value') = 'int_value', toString(tupleElement(v, 'int_value')),
    tupleElement(v, 'value') = 'double_value', toString(tupleElement(v, 'double_value')),
    tupleElement(v, 'value') = 'bool_value', if(tupleElement(v, 'bool_value'), 'true', 'false'),
    tupleElement(v, 'value') = 'bytes_value', base64Encode(tupleElement(v, 'bytes_value')),
    tupleElement(v, 'value') = 'array_value', concat('[', arrayStringConcat(arrayMap(i -> multiIf(
        tupleElement(i, 'value') = 'string_value', toJSONString(tupleElement(i, 'string_value')),
        tupleElement(i, 'value') = 'int_value', toString(tupleElement(i, 'int_value')),
        tupleElement(i, 'value') = 'double_value', spanhouse_json_double(tupleElement(i, 'double_value')),
        tupleElement(i, 'value') = 'bool_value', if(tupleElement(i, 'bool_value'), 'true', 'false'),
        'null'), tupleElement(tupleElement(v, 'array_value'), 'values')), ','), ']'),
    tupleElement(v, 'value') = 'array_json', tupleElement(v, 'array_json'),
    tupleElement(v, 'value') = 'kvlist_json', tupleElement(v, 'kvlist_json'),
    tupleElement(v, 'any_json'))
