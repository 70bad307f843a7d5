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
    SELECT
        TraceId,
        toUnixTimestamp64Nano(min(Start)) AS StartNano,
        toUnixTimestamp64Nano(max(End)) - StartNano AS DurationNano,
        sum(SpanCount) AS Spans,
        sum(ErrorCount) AS Errors
    FROM trace_summaries
    WHERE ProjectId = {project:String}
        AND Bucket BETWEEN {first_bucket:UInt32} AND {last_bucket:UInt32}
        AND End >= fromUnixTimestamp64Nano({near_start:Int64}, 'UTC')
        AND Start <= fromUnixTimestamp64Nano({near_end:Int64}, 'UTC')
        AND TraceId IN (SELECT TraceId FROM (
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ((ServiceName != '' AND (ServiceName = {p0:String})) AND (StatusCode = {p1:String}))
))
    GROUP BY TraceId
    HAVING countIf(End >= fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND Start <= fromUnixTimestamp64Nano({end:Int64}, 'UTC')) > 0
    )
)
WHERE (SortKey, TraceId) > ({after_key:Int64}, {after_trace_id:String})
ORDER BY SortKey, TraceId
LIMIT {limit:UInt32}
-- end = 1767229200000000000
-- first_bucket = 1766016000
-- first_slot = 1767225600
-- last_bucket = 1767232800
-- last_slot = 1767229200
-- near_end = 1767232800000000000
-- near_start = 1767222000000000000
-- p0 = 'web'
-- p1 = 'Error'
-- project = 'p'
-- start = 1767225600000000000
