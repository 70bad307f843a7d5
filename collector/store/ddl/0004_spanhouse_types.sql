-- The types of an array of AnyValue, in its order. The numbers of the oneof in otlp.proto are those of
-- AttributeType, but for the rewritten values (101, 102, 104), which are 96 above the type they carry.
CREATE FUNCTION IF NOT EXISTS spanhouse_types ${on_cluster} AS (values) -> CAST(
    arrayMap(t -> if(t > 100, t - 96, t), CAST(tupleElement(values, 'value'), 'Array(Int8)')),
    '${AttributeTypesQuoted}')
