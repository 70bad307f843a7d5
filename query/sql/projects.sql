-- Every project that was ever written to; FirstNano is true to the hour.
SELECT
    ProjectId,
    sum(Spans) AS SpanCount,
    toUnixTimestamp64Nano(min(First)) AS FirstNano,
    toUnixTimestamp64Nano(max(Last)) AS LastNano
FROM
(
    SELECT ProjectId, sum(SpanCount) AS Spans, toDateTime64(min(Hour), 9, 'UTC') AS First, max(LastSeen) AS Last
    FROM span_operations
    GROUP BY ProjectId
    UNION ALL
    SELECT ProjectId, 0, min(ReceivedAt), max(ReceivedAt)
    FROM ingest_ledger
    WHERE Stored > 0
    GROUP BY ProjectId
)
GROUP BY ProjectId
ORDER BY ProjectId
