-- Which traces stand on a page. The cursor is the last (SortKey, TraceId) of the page before; Total ignores it.
SELECT TraceId, SortKey, Total
FROM
(
    SELECT
        TraceId,
        toUnixTimestamp64Nano(max(End)) - toUnixTimestamp64Nano(min(Start)) AS DurationNano,
        {direction:Int8} * multiIf(
            {sort:String} = 'duration', DurationNano,
            {sort:String} = 'spans', toInt64(sum(SpanCount)),
            {sort:String} = 'errors', toInt64(sum(ErrorCount)),
            toUnixTimestamp64Nano(min(Start))) AS SortKey,
        count() OVER () AS Total
    FROM trace_summaries
    WHERE ProjectId = {project:String}
        AND Bucket BETWEEN {first_bucket:UInt32} AND {last_bucket:UInt32}
        AND TraceId IN
        (
${matching}
        )
    GROUP BY TraceId
    HAVING ${duration}
)
WHERE (SortKey, TraceId) > ({after_key:Int64}, {after_trace_id:String})
ORDER BY SortKey, TraceId
LIMIT {limit:UInt32}
