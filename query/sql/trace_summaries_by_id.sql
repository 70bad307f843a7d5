-- What the list shows of some traces, each over its whole length, whatever the window was.
WITH bounds AS
(
    SELECT min(Start) AS First, max(End) AS Last
    FROM otel_traces_trace_id_ts
    WHERE ProjectId = {project:String} AND TraceId IN {trace_ids:Array(String)}
)
SELECT
    TraceId,
    toUnixTimestamp64Nano(min(s.Start)) AS StartNano,
    toUnixTimestamp64Nano(max(s.End)) - StartNano AS DurationNano,
    toValidUTF8(max(s.RootName)) AS RootName,
    toValidUTF8(max(s.RootService)) AS RootService,
    sum(s.SpanCount) AS SpanCount,
    sum(s.ErrorCount) AS ErrorCount,
    arraySort(arrayMap(t -> toValidUTF8(t), groupUniqArrayArray(s.Services))) AS Services,
    arraySort(arrayMap(t -> toValidUTF8(t), groupUniqArrayArray(s.Models))) AS Models,
    sum(s.InputTokens) AS InputTokens,
    sum(s.OutputTokens) AS OutputTokens
FROM trace_summaries AS s
WHERE ProjectId = {project:String}
    AND Bucket BETWEEN toStartOfFiveMinutes((SELECT First FROM bounds)) AND toStartOfFiveMinutes((SELECT Last FROM bounds))
    AND TraceId IN {trace_ids:Array(String)}
GROUP BY TraceId
