CREATE VIEW IF NOT EXISTS system_tables ${on_cluster} AS
SELECT
    database, name, uuid, engine, is_temporary, create_table_query, engine_full, as_select, partition_key, sorting_key,
    primary_key, sampling_key, comment, has_own_data,
    CAST([], 'Array(String)') AS data_paths,
    '' AS metadata_path,
    CAST([], 'Array(String)') AS dependencies_database,
    CAST([], 'Array(String)') AS dependencies_table,
    CAST(NULL, 'Nullable(UInt64)') AS total_rows,
    CAST(NULL, 'Nullable(UInt64)') AS total_bytes
FROM system.tables
WHERE database = 'spanhouse'
