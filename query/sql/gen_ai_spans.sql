-- What the GenAI spans of some traces used, and the names their prices are filed under.
SELECT
    TraceId,
    SpanId,
    ParentSpanId,
    toUnixTimestamp64Nano(Timestamp) AS StartNano,
    toValidUTF8(GenAiOperation) AS Operation,
    toValidUTF8(GenAiProvider) AS Provider,
    toValidUTF8(GenAiRequestModel) AS RequestModel,
    toValidUTF8(GenAiResponseModel) AS ResponseModel,
    toValidUTF8(GenAiServiceTier) AS ServiceTier,
    GenAiResponseHash AS Response,
    GenAiInputTokens AS InputTokens,
    GenAiOutputTokens AS OutputTokens,
    GenAiCacheReadTokens AS CacheReadTokens,
    GenAiCacheWriteTokens AS CacheWriteTokens,
    GenAiCacheWrite1hTokens AS CacheWrite1hTokens,
    GenAiReasoningTokens AS ReasoningTokens,
    GenAiInputAudioTokens AS InputAudioTokens,
    GenAiOutputAudioTokens AS OutputAudioTokens,
    toString(GenAiReportedCost) AS ReportedCost
FROM otel_traces
PREWHERE ${of}
    AND GenAiOperation != ''
ORDER BY Timestamp, SpanId
LIMIT {limit:UInt32}
