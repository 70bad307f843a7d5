-- An array of KeyValue -> the exporter's attribute map; order and repeated keys are kept.
CREATE FUNCTION IF NOT EXISTS spanhouse_attributes ${on_cluster} AS (attributes) -> CAST(
    (tupleElement(attributes, 'key'), arrayMap(v -> spanhouse_text(v), tupleElement(attributes, 'value'))),
    'Map(LowCardinality(String), String)')
