CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_ledger_logs_mv ${on_cluster} TO ingest_ledger AS
SELECT
    ReceivedAt, BatchId, RequestId, ProjectId, 'logs' AS Signal, Api, Sender,
    if(NeedsRewrite, 0, length(errors)) AS Received,
    if(NeedsRewrite, 0, countEqual(errors, '')) AS Stored,
    Received - Stored AS Rejected,
    0 AS Deduplicated,
    0 AS RejectedRequests,
    CAST((reasons, arrayMap(e -> countEqual(errors, e), reasons)), 'Map(LowCardinality(String), UInt64)') AS Reasons,
    NeedsRewrite
FROM
(
    SELECT
        spanhouse_time(received_unix_nano) AS ReceivedAt, batch_id AS BatchId, lower(hex(request_id)) AS RequestId,
        api AS Api, sender AS Sender, needs_rewrite AS NeedsRewrite, ProjectId,
        groupArrayArray(item_errors) AS errors,
        arrayFilter(e -> e != '' AND NOT NeedsRewrite, arrayDistinct(errors)) AS reasons
    FROM
    (
        SELECT
            received_unix_nano, batch_id, request_id, api, sender, needs_rewrite, ${ProjectOf},
            arrayFlatten(arrayMap(sl -> arrayMap(r -> spanhouse_log_error(r), sl.log_records), rs.scope_logs)) AS item_errors
        FROM (SELECT received_unix_nano, batch_id, request_id, api, sender, project, needs_rewrite, arrayJoin(request.resource_logs) AS rs FROM inbox_logs)
    )
    GROUP BY received_unix_nano, batch_id, request_id, api, sender, needs_rewrite, ProjectId
)
