-- Whose a resource is: the request's project (its header or API key), else the resource attribute `spanhouse.project`,
-- else `default`. That the attribute holds a project's name is asked in the inbox tables.
CREATE FUNCTION IF NOT EXISTS spanhouse_project ${on_cluster} AS (project, keys, texts) -> coalesce(
    nullIf(project, ''), nullIf(arrayElement(texts, indexOf(keys, 'spanhouse.project')), ''), 'default')
