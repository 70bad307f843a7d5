-- 0040 to 0043: what clients of the ClickHouse interface read of `system` when they connect, without what counts the
-- rows of all projects and without paths. Which tables are shown is decided by the reader (query/user_sql/allowed.py).
CREATE VIEW IF NOT EXISTS system_databases ${on_cluster} AS
SELECT name, engine, '' AS data_path, '' AS metadata_path, uuid, engine_full, comment
FROM system.databases
WHERE name = 'spanhouse'
