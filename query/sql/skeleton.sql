-- The spans of a trace without what weighs: no attributes, no events, no resource.
SELECT
    SpanId,
    ParentSpanId,
    toValidUTF8(SpanName) AS Name,
    toValidUTF8(ServiceName) AS Service,
    toUnixTimestamp64Nano(Timestamp) AS StartNano,
    Duration,
    StatusCode,
    SpanKind,
    length(Events.Name) AS EventCount,
    toValidUTF8(GenAiOperation) AS Operation,
    toValidUTF8(if(GenAiRequestModel != '', GenAiRequestModel, GenAiResponseModel)) AS Model,
    toValidUTF8(GenAiAgentName) AS Agent,
    toValidUTF8(GenAiToolName) AS Tool
FROM otel_traces
PREWHERE ${of_trace}
ORDER BY Timestamp, SpanId
LIMIT {limit:UInt32}
