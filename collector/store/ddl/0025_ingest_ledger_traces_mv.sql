CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_ledger_traces_mv ${on_cluster} TO ingest_ledger AS
SELECT
    ReceivedAt, BatchId, RequestId, ProjectId, 'traces' AS Signal, Api, Sender,
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
            arrayFlatten(arrayMap(ss -> arrayMap(s -> spanhouse_span_error(s), ss.spans), rs.scope_spans)) AS item_errors
        FROM (SELECT received_unix_nano, batch_id, request_id, api, sender, project, needs_rewrite, arrayJoin(request.resource_spans) AS rs FROM inbox_traces)
    )
    GROUP BY received_unix_nano, batch_id, request_id, api, sender, needs_rewrite, ProjectId
)
