-- One row per log record, immutable. The OpenTelemetry ClickHouse exporter's columns first, then what it leaves out.
CREATE TABLE IF NOT EXISTS otel_logs ${on_cluster}
(
    Timestamp          DateTime64(9, 'UTC') COMMENT 'of the record, else of its observation, else of its arrival: see TimestampSource' CODEC(Delta(8), ZSTD(1)),
    TraceId            String CODEC(ZSTD(1)),
    SpanId             String CODEC(ZSTD(1)),
    SeverityText       LowCardinality(String) CODEC(ZSTD(1)),
    SeverityNumber     Int32 CODEC(ZSTD(1)),
    ServiceName        LowCardinality(String) CODEC(ZSTD(1)),
    Body               String CODEC(ZSTD(1)),
    ResourceSchemaUrl  LowCardinality(String) CODEC(ZSTD(1)),
    ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ScopeSchemaUrl     LowCardinality(String) CODEC(ZSTD(1)),
    ScopeName          LowCardinality(String) CODEC(ZSTD(1)),
    ScopeVersion       LowCardinality(String) CODEC(ZSTD(1)),
    ScopeAttributes    Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    LogAttributes      Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    EventName          LowCardinality(String) CODEC(ZSTD(1)),
    TraceFlags         UInt8 ALIAS toUInt8(Flags % 256),

    ProjectId          LowCardinality(String) CODEC(ZSTD(1)),
    ReceivedAt         DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    ObservedTimestamp  DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    TimestampSource    Enum8('time' = 0, 'observed' = 1, 'received' = 2) CODEC(ZSTD(1)),
    Flags              UInt32 CODEC(ZSTD(1)),
    BodyType           Enum8(${AttributeTypeNames}) CODEC(ZSTD(1)),
    LogAttributeTypes  ${AttributeTypes} CODEC(ZSTD(1)),
    DroppedAttrCount   UInt32 CODEC(ZSTD(1)),
    ResourceAttributeTypes ${AttributeTypes} CODEC(ZSTD(1)),
    ResourceDroppedAttrCount UInt32 CODEC(ZSTD(1)),
    ScopeAttributeTypes ${AttributeTypes} CODEC(ZSTD(1)),
    ScopeDroppedAttrCount UInt32 CODEC(ZSTD(1)),

    LogAttributeItems  Array(String) ALIAS arrayMap((k, v) -> concat(k, '=', v), mapKeys(LogAttributes), mapValues(LogAttributes)),
    ResourceAttributeItems Array(String) ALIAS arrayMap((k, v) -> concat(k, '=', v), mapKeys(ResourceAttributes), mapValues(ResourceAttributes)),

    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_log_attribute_items LogAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_resource_attribute_items ResourceAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_lower_body lower(Body) TYPE text(tokenizer = 'splitByNonAlpha')
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${PartitionWeek}
ORDER BY (ProjectId, toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${deduplication_window}
