-- Whether any of these resources' attributes names a project by what is no project's name (project.py). Takes an array of
-- arrays of KeyValue.
CREATE FUNCTION IF NOT EXISTS spanhouse_no_project ${on_cluster} AS (attributes) -> arrayExists(
    (k, v) -> k = 'spanhouse.project' AND NOT match(v, '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$$'),
    arrayFlatten(tupleElement(attributes, 'key')), arrayFlatten(tupleElement(tupleElement(attributes, 'value'), 'string_value')))
