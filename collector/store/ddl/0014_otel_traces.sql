-- One row per span, immutable. The OpenTelemetry ClickHouse exporter's columns first, under its names and types;
-- then what it leaves out and OTLP can say; then promoted columns. Why this key and partition: ../adr-0001-sort-key.md.
CREATE TABLE IF NOT EXISTS otel_traces ${on_cluster}
(
    Timestamp           DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    TraceId             String,
    SpanId              String,
    ParentSpanId        String,
    TraceState          String,
    SpanName            LowCardinality(String),
    SpanKind            LowCardinality(String),
    ServiceName         LowCardinality(String),
    ResourceAttributes  Map(LowCardinality(String), String),
    ScopeName           LowCardinality(String),
    ScopeVersion        LowCardinality(String),
    SpanAttributes      Map(LowCardinality(String), String),
    Duration            UInt64 COMMENT 'nanoseconds; 0 where the end lies before the start' CODEC(T64, Default),
    StatusCode          LowCardinality(String),
    StatusMessage       String,
    `Events.Timestamp`  Array(DateTime64(9, 'UTC')) CODEC(T64, Default),
    `Events.Name`       Array(LowCardinality(String)),
    `Events.Attributes` Array(Map(LowCardinality(String), String)),
    `Links.TraceId`     Array(String),
    `Links.SpanId`      Array(String),
    `Links.TraceState`  Array(String),
    `Links.Attributes`  Array(Map(LowCardinality(String), String)),

    ProjectId           LowCardinality(String),
    ReceivedAt          DateTime64(9, 'UTC'),
    EndOffset           Int64 COMMENT 'end - start in nanoseconds where the end lies before the start (or is not set), else 0',
    Flags               UInt32,
    SpanAttributeTypes  ${AttributeTypes} COMMENT 'parallel to mapKeys(SpanAttributes)',
    `Events.AttributeTypes` Array(${AttributeTypes}),
    `Events.DroppedAttrCount` Array(UInt32),
    `Links.AttributeTypes` Array(${AttributeTypes}),
    `Links.DroppedAttrCount` Array(UInt32),
    `Links.Flags`       Array(UInt32),
    DroppedAttrCount    UInt32,
    DroppedEventsCount  UInt32,
    DroppedLinksCount   UInt32,
    ${ResourceAndScope},

    -- What the mapping hands over of a GenAI span, and what is worked out from it: not stored.
    ${GenAiEphemeral},
    GenAiDialect        LowCardinality(String) DEFAULT ${GenAiDialect} COMMENT 'whose convention the span follows: gen_ai, openinference, openllmetry, mlflow, vercel, langfuse; empty where it is not GenAI',
    GenAiOperation      LowCardinality(String) DEFAULT ${GenAiOperation} COMMENT 'gen_ai.operation.name, whatever the dialect; empty where the span is not GenAI',
    GenAiProvider       LowCardinality(String) DEFAULT ${GenAiProvider} COMMENT 'gen_ai.provider.name, as OpenTelemetry writes it',
    GenAiRequestModel   LowCardinality(String) DEFAULT ${GenAiRequestModel} COMMENT 'gen_ai.request.model',
    GenAiResponseModel  LowCardinality(String) DEFAULT ${GenAiResponseModel} COMMENT 'gen_ai.response.model',
    GenAiResponseHash   UInt32 DEFAULT ${GenAiResponseHash} COMMENT 'xxHash32 of gen_ai.response.id, 0 without one: two spans of a trace with the same are one call',
    GenAiReportedInputTokens UInt64 DEFAULT ${GenAiReportedInputTokens} COMMENT 'as sent: with or without the cached ones' CODEC(T64, Default),
    GenAiReportedOutputTokens UInt64 DEFAULT ${GenAiReportedOutputTokens} COMMENT 'as sent: with or without the reasoning' CODEC(T64, Default),
    GenAiReportedTotalTokens UInt64 DEFAULT ${GenAiReportedTotalTokens} COMMENT 'as sent; 0 where none was' CODEC(T64, Default),
    GenAiCacheReadTokens UInt64 DEFAULT ${GenAiCacheReadTokens} COMMENT 'of the input tokens: gen_ai.usage.cache_read.input_tokens' CODEC(T64, Default),
    GenAiCacheWriteTokens UInt64 DEFAULT ${GenAiCacheWriteTokens} COMMENT 'of the input tokens: gen_ai.usage.cache_write.input_tokens' CODEC(T64, Default),
    GenAiReasoningTokens UInt64 DEFAULT ${GenAiReasoningTokens} COMMENT 'of the output tokens: gen_ai.usage.reasoning.output_tokens' CODEC(T64, Default),
    GenAiAgentName      LowCardinality(String) DEFAULT ${GenAiAgentName} COMMENT 'gen_ai.agent.name',
    GenAiToolName       LowCardinality(String) DEFAULT ${GenAiToolName} COMMENT 'gen_ai.tool.name',
    GenAiDetails        Map(LowCardinality(String), String) DEFAULT ${GenAiDetails} COMMENT 'what few spans say, as they say it; the columns below read it',
    GenAiInputTokens    UInt64 ALIAS ${InputTokens} COMMENT 'gen_ai.usage.input_tokens: all of them, those read from and written to a cache included',
    GenAiOutputTokens   UInt64 ALIAS ${OutputTokens} COMMENT 'gen_ai.usage.output_tokens: all of them, reasoning included',
    GenAiServiceTier    String ALIAS GenAiDetails['service_tier'] COMMENT 'openai.response.service_tier',
    GenAiCacheWrite1hTokens UInt64 ALIAS toUInt64OrZero(GenAiDetails['cache_write_1h']) COMMENT 'of the tokens written to a cache: those kept for an hour',
    GenAiInputAudioTokens UInt64 ALIAS toUInt64OrZero(GenAiDetails['input_audio']) COMMENT 'of the input tokens: gen_ai.usage.audio.input_tokens',
    GenAiOutputAudioTokens UInt64 ALIAS toUInt64OrZero(GenAiDetails['output_audio']) COMMENT 'of the output tokens: gen_ai.usage.audio.output_tokens',
    GenAiReportedCost   Nullable(Decimal(38, 24)) ALIAS ${ReportedCost} COMMENT 'US dollars, as the sender computed them',
    GenAiTimeToFirstChunk Float64 ALIAS ${TimeToFirstChunk} COMMENT 'seconds: gen_ai.response.time_to_first_chunk; 0 where none was sent',
    SessionId           String ALIAS ${SessionId},
    UserId              String ALIAS ${UserId},

    -- key=value, so that a text index answers what equals a value: before a number or boolean stands \x01, before what is no text \x02. Long
    -- values are prose: their words are indexed, not they.
    SpanAttributeItems  Array(String) ALIAS arrayFilter(item -> length(item) <= 320, arrayMap((k, v, t) -> concat(k, '=', if(toInt8(t) = 1, '', if(bitTest(65564, toInt8(t)), '\x01', '\x02')), v), mapKeys(SpanAttributes), mapValues(SpanAttributes), SpanAttributeTypes)),
    ResourceAttributeItems Array(String) ALIAS arrayFilter(item -> length(item) <= 320, arrayMap((k, v, t) -> concat(k, '=', if(toInt8(t) = 1, '', if(bitTest(65564, toInt8(t)), '\x01', '\x02')), v), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes)),
    -- What free text is looked for in. Numbers, bytes (the bits 3, 4 and 7) and ids are compared, not read; bit 16 makes the number wide enough for
    -- every type. Not written with IN, or with three !=,
    -- of which the planner makes one: it would not know the index again.
    SpanText            String ALIAS lowerUTF8(concat(SpanName, '\n', ServiceName, '\n', StatusMessage, '\n', arrayStringConcat(arrayFilter((v, k, t) -> NOT bitTest(65688, toInt8(t)) AND NOT endsWith(k, 'id'), mapValues(SpanAttributes), mapKeys(SpanAttributes), SpanAttributeTypes), '\n'), '\n', arrayStringConcat(arrayFlatten(Events.Attributes.values), '\n'))),

    INDEX idx_received_at ReceivedAt TYPE minmax GRANULARITY 1,
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_span_attribute_items SpanAttributeItems TYPE text(tokenizer = 'array', posting_list_codec = 'bitpacking', dictionary_block_size = 2048),
    INDEX idx_resource_attribute_items ResourceAttributeItems TYPE text(tokenizer = 'array', posting_list_codec = 'bitpacking', dictionary_block_size = 2048),
    INDEX idx_span_text SpanText TYPE text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'bitpacking')
)
ENGINE = ${replicated}MergeTree
PARTITION BY ${PartitionWeek}
ORDER BY (ProjectId, toStartOfFiveMinutes(Timestamp), xxHash32(TraceId), Timestamp)
SETTINGS ttl_only_drop_parts = 1, map_serialization_version = 'basic', ${settings}
