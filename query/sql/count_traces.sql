-- How many traces a list holds in all, for a page that came out empty.
SELECT count() AS Total
FROM
(
    SELECT
        TraceId,
        toUnixTimestamp64Nano(max(End)) - toUnixTimestamp64Nano(min(Start)) AS DurationNano
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
