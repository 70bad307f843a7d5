-- What the list shows of some traces, each over its whole length, whatever the window was.
SELECT
    TraceId,
    toUnixTimestamp64Nano(min(s.Start)) AS StartNano,
    toUnixTimestamp64Nano(max(s.End)) - StartNano AS DurationNano,
    min(s.Root) AS First,
    toValidUTF8(First.Name) AS RootName,
    toValidUTF8(First.Service) AS RootService,
    sum(s.SpanCount) AS SpanCount,
    sum(s.ErrorCount) AS ErrorCount,
    arraySort(arrayMap(t -> toValidUTF8(t), groupUniqArrayArray(s.Services))) AS Services,
    arraySort(arrayMap(t -> toValidUTF8(t), groupUniqArrayArray(s.Models))) AS Models,
    toUnixTimestamp64Nano(max(s.End)) AS EndNano,
    sum(s.GenAiCount) AS GenAiCount
FROM trace_summaries AS s
WHERE ProjectId = {project:String}
    AND Bucket BETWEEN {first_bucket:UInt32} AND {last_bucket:UInt32}
    AND TraceId IN {trace_ids:Array(String)}
GROUP BY TraceId
