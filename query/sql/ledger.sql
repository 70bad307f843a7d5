-- What each sender sent and what became of it. A row that NeedsRewrite counts nothing: the second insert's row does.
SELECT
    ProjectId,
    Signal,
    toValidUTF8(Sender) AS SenderName,
    sum(l.Received) AS Received,
    sum(l.Stored) AS Stored,
    sum(l.Rejected) AS Rejected,
    sum(l.Deduplicated) AS Deduplicated,
    countIf(RejectedRequests = 0) + sum(RejectedRequests) AS Requests,
    CAST(sumMap(l.Reasons), 'Map(String, UInt64)') AS Reasons,
    toUnixTimestamp64Nano(max(ReceivedAt)) AS LastNano
FROM ingest_ledger AS l
WHERE ReceivedAt BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ({project:String} = '' OR ProjectId = {project:String})
    AND NOT NeedsRewrite
GROUP BY ProjectId, Signal, SenderName
ORDER BY LastNano DESC, ProjectId, Signal, SenderName
