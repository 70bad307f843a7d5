-- Nothing is marked readonly: clients do not send what is, and what may be set is decided for each query.
CREATE VIEW IF NOT EXISTS system_settings ${on_cluster} AS
SELECT name, value, changed, description, min, max, toUInt8(0) AS readonly, type, default, alias_for, is_obsolete, tier
FROM system.settings
WHERE name NOT IN ('additional_table_filters', 'log_comment')
