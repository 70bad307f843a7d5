-- Which traces stand on a page. The cursor is the last (SortKey, TraceId) of the page before; Total ignores it.
SELECT
    TraceId,
    {direction:Int8} * multiIf(
        {sort:String} = 'duration', DurationNano,
        {sort:String} = 'spans', toInt64(Spans),
        {sort:String} = 'errors', toInt64(Errors),
        StartNano) AS SortKey,
    Total
FROM
(
    SELECT *, count() OVER () AS Total
    FROM
    (
    ${found_traces}
    )
)
WHERE (SortKey, TraceId) > ({after_key:Int64}, {after_trace_id:String})
ORDER BY SortKey, TraceId
LIMIT {limit:UInt32}
