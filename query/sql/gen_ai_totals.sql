-- What the calls of some traces used, a row for each trace and name of a price. The last seven columns tell whether sums will
-- do: whether one price rule holds of all the calls, and whether a call may be told twice.
SELECT
    TraceId,
    toValidUTF8(GenAiProvider) AS Provider,
    toValidUTF8(GenAiRequestModel) AS RequestModel,
    toValidUTF8(GenAiResponseModel) AS ResponseModel,
    toValidUTF8(GenAiServiceTier) AS ServiceTier,
    count() AS Calls,
    ${buckets},
    sum(InputTokens) AS Input,
    sum(OutputTokens) AS Output,
    toString(sum(ReportedCost)) AS Reported,
    countIf(ReportedCost IS NULL) AS Unreported,
    toUnixTimestamp64Nano(min(Timestamp)) AS FirstNano,
    toUnixTimestamp64Nano(max(Timestamp)) AS LastNano,
    min(InputTokens) AS LeastInput,
    max(InputTokens) AS MostInput,
    max(greatest(InputTokens, OutputTokens, CacheReadTokens, CacheWriteTokens, InputAudioTokens, OutputAudioTokens, ReasoningTokens)) AS MostTokens,
    groupArrayIf(sipHash64(InputTokens, OutputTokens), Response = 0) AS Unnamed,
    groupArrayIf(sipHash64(InputTokens, OutputTokens), Response != 0) AS Named,
    groupArrayIf(Response, Response != 0) AS Responses
FROM
(
    SELECT TraceId, Timestamp, GenAiProvider, GenAiRequestModel, GenAiResponseModel, GenAiServiceTier,
        GenAiResponseHash AS Response,
        GenAiInputTokens AS InputTokens,
        GenAiOutputTokens AS OutputTokens,
        GenAiCacheReadTokens AS CacheReadTokens,
        GenAiCacheWriteTokens AS CacheWriteTokens,
        GenAiCacheWrite1hTokens AS CacheWrite1hTokens,
        GenAiReasoningTokens AS ReasoningTokens,
        GenAiInputAudioTokens AS InputAudioTokens,
        GenAiOutputAudioTokens AS OutputAudioTokens,
        GenAiReportedCost AS ReportedCost
    FROM otel_traces
    PREWHERE ${of}
        AND GenAiOperation IN (${leaves})
)
WHERE InputTokens + OutputTokens > 0 OR ReportedCost IS NOT NULL
GROUP BY TraceId, Provider, RequestModel, ResponseModel, ServiceTier
