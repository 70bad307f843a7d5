-- One row per log record, immutable. The OpenTelemetry ClickHouse exporter's columns first, then what it leaves out.
CREATE TABLE IF NOT EXISTS otel_logs ${on_cluster}
(
    Timestamp          DateTime64(9, 'UTC') COMMENT 'of the record, else of its observation, else of its arrival: see TimestampSource' CODEC(Delta(8), Default),
    TraceId            String,
    SpanId             String,
    SeverityText       LowCardinality(String),
    SeverityNumber     Int32,
    ServiceName        LowCardinality(String),
    Body               String,
    ResourceSchemaUrl  LowCardinality(String),
    ResourceAttributes Map(LowCardinality(String), String),
    ScopeSchemaUrl     LowCardinality(String),
    ScopeName          LowCardinality(String),
    ScopeVersion       LowCardinality(String),
    ScopeAttributes    Map(LowCardinality(String), String),
    LogAttributes      Map(LowCardinality(String), String),
    EventName          LowCardinality(String),
    TraceFlags         UInt8 ALIAS toUInt8(Flags % 256),

    ProjectId          LowCardinality(String),
    ReceivedAt         DateTime64(9, 'UTC'),
    ObservedTimestamp  DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    TimestampSource    Enum8('time' = 0, 'observed' = 1, 'received' = 2),
    Flags              UInt32,
    BodyType           Enum8(${AttributeTypeNames}),
    LogAttributeTypes  ${AttributeTypes},
    DroppedAttrCount   UInt32,
    ResourceAttributeTypes ${AttributeTypes},
    ResourceDroppedAttrCount UInt32,
    ScopeAttributeTypes ${AttributeTypes},
    ScopeDroppedAttrCount UInt32,

    -- As in otel_traces.
    LogAttributeItems  Array(String) ALIAS arrayFilter(item -> length(item) <= 320, arrayMap((k, v, t) -> concat(k, '=', if(toInt8(t) = 1, '', if(bitTest(65564, toInt8(t)), '\x01', '\x02')), v), mapKeys(LogAttributes), mapValues(LogAttributes), LogAttributeTypes)),
    ResourceAttributeItems Array(String) ALIAS arrayFilter(item -> length(item) <= 320, arrayMap((k, v, t) -> concat(k, '=', if(toInt8(t) = 1, '', if(bitTest(65564, toInt8(t)), '\x01', '\x02')), v), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)),
    -- What free text is looked for in; of attributes, as in otel_traces.
    LogText            String ALIAS lowerUTF8(concat(Body, '\n', EventName, '\n', ServiceName, '\n', arrayStringConcat(arrayFilter((v, k, t) -> NOT bitTest(65688, toInt8(t)) AND NOT endsWith(k, 'id'), mapValues(LogAttributes), mapKeys(LogAttributes), LogAttributeTypes), '\n'))),

    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_log_attribute_items LogAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_resource_attribute_items ResourceAttributeItems TYPE text(tokenizer = 'array'),
    INDEX idx_received_at ReceivedAt TYPE minmax,
    INDEX idx_log_text LogText TYPE text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'bitpacking')
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${PartitionWeek}
ORDER BY (ProjectId, toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${settings}
