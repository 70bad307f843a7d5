CREATE MATERIALIZED VIEW IF NOT EXISTS trace_summaries_mv ${on_cluster} TO trace_summaries AS
SELECT
    ProjectId,
    toStartOfFiveMinutes(min(Timestamp)) AS Bucket,
    TraceId,
    min(Timestamp) AS Start,
    -- An end after 2262-04-11 is that day.
    max(spanhouse_time(toUnixTimestamp64Nano(Timestamp) + least(Duration, 9223372036854775807 - toUnixTimestamp64Nano(Timestamp)))) AS End,
    min(if(ParentSpanId = '',
        (Timestamp, toString(SpanName), toString(ServiceName)), (spanhouse_time(9223372036854775807), '', ''))) AS Root,
    groupUniqArray(ServiceName) AS Services,
    groupUniqArrayIf(GenAiRequestModel, GenAiRequestModel != '') AS Models,
    groupUniqArrayIf(SessionId, SessionId != '') AS Sessions,
    groupUniqArrayIf(UserId, UserId != '') AS Users,
    count() AS SpanCount,
    countIf(StatusCode = 'Error') AS ErrorCount,
    countIf(GenAiOperation != '') AS GenAiCount,
    countIf(GenAiOperation IN ('chat', 'generate_content', 'text_completion', 'fetch_response', 'image_generation', 'speech', 'transcription')) AS ModelCalls,
    sumIf(GenAiInputTokens, GenAiOperation IN (${GenAiLeaves})) AS InputTokens,
    sumIf(GenAiOutputTokens, GenAiOperation IN (${GenAiLeaves})) AS OutputTokens
FROM otel_traces
GROUP BY ProjectId, TraceId
