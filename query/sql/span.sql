-- One span in full. A sender that retried under another request may have stored it twice: the first that arrived.
SELECT
    ${span_columns},
    toValidUTF8(GenAiOperation) AS GenAiOperation,
    toValidUTF8(GenAiProvider) AS GenAiProvider,
    toValidUTF8(GenAiRequestModel) AS GenAiRequestModel,
    toValidUTF8(GenAiResponseModel) AS GenAiResponseModel,
    GenAiInputTokens,
    GenAiOutputTokens,
    GenAiCacheReadTokens,
    GenAiCacheWriteTokens,
    GenAiReasoningTokens,
    toValidUTF8(GenAiAgentName) AS GenAiAgentName,
    toValidUTF8(GenAiToolName) AS GenAiToolName
FROM otel_traces
WHERE ${of_trace}
    AND SpanId = {span_id:String}
ORDER BY ReceivedAt
LIMIT 1
