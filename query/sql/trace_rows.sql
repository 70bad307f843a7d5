-- The spans of a trace as its analyses need them: the skeleton's columns, and what kind of work each span is.
SELECT
    SpanId,
    ParentSpanId,
    toValidUTF8(SpanName) AS Name,
    toValidUTF8(ServiceName) AS Service,
    toUnixTimestamp64Nano(Timestamp) AS StartNano,
    Duration,
    StatusCode,
    SpanKind,
    toValidUTF8(GenAiOperation) AS Operation,
    toValidUTF8(if(GenAiRequestModel != '', GenAiRequestModel, GenAiResponseModel)) AS Model,
    toValidUTF8(GenAiAgentName) AS Agent,
    toValidUTF8(GenAiToolName) AS Tool,
    multiIf(
        hasAny(mapKeys(SpanAttributes), ['http.request.method', 'http.method']), 'http',
        hasAny(mapKeys(SpanAttributes), ['db.system.name', 'db.system']), 'database',
        '') AS Protocol,
    -- Nanoseconds after the span's start; 0 where no sender said.
    multiIf(
        GenAiOperation = '', 0,
        GenAiTimeToFirstChunk > 0, GenAiTimeToFirstChunk * 1e9,
        SpanAttributes['gen_ai.server.time_to_first_token'] != '', toFloat64OrZero(SpanAttributes['gen_ai.server.time_to_first_token']) * 1e9,
        SpanAttributes['langfuse.observation.completion_start_time'] != '', toFloat64(dateDiff('ns', Timestamp,
            parseDateTime64BestEffortOrZero(trim(BOTH '"' FROM SpanAttributes['langfuse.observation.completion_start_time']), 9, 'UTC'))),
        arrayExists(n -> n IN ('gen_ai.stream.chunk', 'gen_ai.content.completion.chunk', 'llm.content.completion.chunk', 'First Token Stream Event'), Events.Name),
            toFloat64(dateDiff('ns', Timestamp, Events.Timestamp[arrayFirstIndex(
                n -> n IN ('gen_ai.stream.chunk', 'gen_ai.content.completion.chunk', 'llm.content.completion.chunk', 'First Token Stream Event'), Events.Name)])),
        0) AS FirstChunk,
    -- A first chunk before the call or after its end is no measurement.
    if(FirstChunk > 0 AND FirstChunk <= Duration, toUInt64(FirstChunk), 0) AS FirstChunkNano${usage}
FROM otel_traces
PREWHERE ${of_trace}
ORDER BY Timestamp, SpanId
LIMIT {limit:UInt32}
