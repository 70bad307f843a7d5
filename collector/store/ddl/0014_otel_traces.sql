-- One row per span, immutable. The OpenTelemetry ClickHouse exporter's columns first, under its names and types;
-- then what it leaves out and OTLP can say; then promoted columns. Why this key and partition: ../adr-0001-sort-key.md.
CREATE TABLE IF NOT EXISTS otel_traces ${on_cluster}
(
    Timestamp           DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    TraceId             String CODEC(ZSTD(1)),
    SpanId              String CODEC(ZSTD(1)),
    ParentSpanId        String CODEC(ZSTD(1)),
    TraceState          String CODEC(ZSTD(1)),
    SpanName            LowCardinality(String) CODEC(ZSTD(1)),
    SpanKind            LowCardinality(String) CODEC(ZSTD(1)),
    ServiceName         LowCardinality(String) CODEC(ZSTD(1)),
    ResourceAttributes  Map(LowCardinality(String), String) CODEC(ZSTD(3)),
    ScopeName           LowCardinality(String) CODEC(ZSTD(1)),
    ScopeVersion        LowCardinality(String) CODEC(ZSTD(1)),
    SpanAttributes      Map(LowCardinality(String), String) CODEC(ZSTD(3)),
    Duration            UInt64 COMMENT 'nanoseconds; 0 where the end lies before the start' CODEC(T64, ZSTD(1)),
    StatusCode          LowCardinality(String) CODEC(ZSTD(1)),
    StatusMessage       String CODEC(ZSTD(1)),
    `Events.Timestamp`  Array(DateTime64(9, 'UTC')) CODEC(T64, ZSTD(1)),
    `Events.Name`       Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Events.Attributes` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(3)),
    `Links.TraceId`     Array(String) CODEC(ZSTD(1)),
    `Links.SpanId`      Array(String) CODEC(ZSTD(1)),
    `Links.TraceState`  Array(String) CODEC(ZSTD(1)),
    `Links.Attributes`  Array(Map(LowCardinality(String), String)) CODEC(ZSTD(3)),

    ProjectId           LowCardinality(String) CODEC(ZSTD(1)),
    ReceivedAt          DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    EndOffset           Int64 COMMENT 'end - start in nanoseconds where the end lies before the start (or is not set), else 0' CODEC(ZSTD(1)),
    Flags               UInt32 CODEC(ZSTD(1)),
    SpanAttributeTypes  ${AttributeTypes} COMMENT 'parallel to mapKeys(SpanAttributes)' CODEC(ZSTD(3)),
    `Events.AttributeTypes` Array(${AttributeTypes}) CODEC(ZSTD(3)),
    `Events.DroppedAttrCount` Array(UInt32) CODEC(ZSTD(1)),
    `Links.AttributeTypes` Array(${AttributeTypes}) CODEC(ZSTD(3)),
    `Links.DroppedAttrCount` Array(UInt32) CODEC(ZSTD(1)),
    `Links.Flags`       Array(UInt32) CODEC(ZSTD(1)),
    DroppedAttrCount    UInt32 CODEC(ZSTD(1)),
    DroppedEventsCount  UInt32 CODEC(ZSTD(1)),
    DroppedLinksCount   UInt32 CODEC(ZSTD(1)),
    ${ResourceAndScope},

    GenAiOperation      LowCardinality(String) COMMENT 'gen_ai.operation.name' CODEC(ZSTD(1)),
    GenAiProvider       LowCardinality(String) COMMENT 'gen_ai.provider.name' CODEC(ZSTD(1)),
    GenAiRequestModel   LowCardinality(String) COMMENT 'gen_ai.request.model' CODEC(ZSTD(1)),
    GenAiResponseModel  LowCardinality(String) COMMENT 'gen_ai.response.model' CODEC(ZSTD(1)),
    GenAiInputTokens    UInt64 COMMENT 'gen_ai.usage.input_tokens, cached tokens included' CODEC(T64, ZSTD(1)),
    GenAiOutputTokens   UInt64 COMMENT 'gen_ai.usage.output_tokens, reasoning tokens included' CODEC(T64, ZSTD(1)),
    GenAiCacheReadTokens UInt64 COMMENT 'of the input tokens: gen_ai.usage.cache_read.input_tokens' CODEC(T64, ZSTD(1)),
    GenAiCacheWriteTokens UInt64 COMMENT 'of the input tokens: gen_ai.usage.cache_write.input_tokens' CODEC(T64, ZSTD(1)),
    GenAiReasoningTokens UInt64 COMMENT 'of the output tokens: gen_ai.usage.reasoning.output_tokens' CODEC(T64, ZSTD(1)),
    GenAiAgentName      LowCardinality(String) COMMENT 'gen_ai.agent.name' CODEC(ZSTD(1)),
    GenAiToolName       LowCardinality(String) COMMENT 'gen_ai.tool.name' CODEC(ZSTD(1)),
    SessionId           String ALIAS if(SpanAttributes['gen_ai.conversation.id'] != '', SpanAttributes['gen_ai.conversation.id'], SpanAttributes['session.id']),
    UserId              String ALIAS SpanAttributes['user.id'],

    SpanAttributeItems  Array(String) ALIAS arrayMap((k, v) -> concat(k, '=', v), mapKeys(SpanAttributes), mapValues(SpanAttributes)),
    ResourceAttributeItems Array(String) ALIAS arrayMap((k, v) -> concat(k, '=', v), mapKeys(ResourceAttributes), mapValues(ResourceAttributes)),

    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_span_attribute_items SpanAttributeItems TYPE text(tokenizer = 'array', posting_list_codec = 'bitpacking', dictionary_block_size = 2048),
    INDEX idx_resource_attribute_items ResourceAttributeItems TYPE text(tokenizer = 'array', posting_list_codec = 'bitpacking', dictionary_block_size = 2048)
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${PartitionWeek}
ORDER BY (ProjectId, toStartOfFiveMinutes(Timestamp), xxHash32(TraceId), Timestamp)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${deduplication_window}
