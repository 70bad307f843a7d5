CREATE VIEW IF NOT EXISTS system_columns ${on_cluster} AS
SELECT
    database, table, name, type, position, default_kind, default_expression, comment, is_in_partition_key,
    is_in_sorting_key, is_in_primary_key, is_in_sampling_key, compression_codec, character_octet_length,
    numeric_precision, numeric_precision_radix, numeric_scale, datetime_precision,
    toUInt64(0) AS data_compressed_bytes,
    toUInt64(0) AS data_uncompressed_bytes,
    toUInt64(0) AS marks_bytes
FROM system.columns
WHERE database = 'spanhouse'
