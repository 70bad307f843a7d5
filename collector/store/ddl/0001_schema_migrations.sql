-- What has been applied to this database: one row per numbered file. Written by migrate.py only.
CREATE TABLE IF NOT EXISTS schema_migrations ${on_cluster}
(
    Number    UInt32,
    Name      String,
    Checksum  String COMMENT 'SHA-256 of the file as shipped, before placeholders are filled in',
    AppliedAt DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ${replicated}MergeTree
ORDER BY Number
