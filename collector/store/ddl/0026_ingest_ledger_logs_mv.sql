CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_ledger_logs_mv ${on_cluster} TO ingest_ledger AS
SELECT
    ReceivedAt, BatchId, RequestId, ProjectId, 'logs' AS Signal, Api, Sender,
    ${LedgerRow}
FROM
(
    SELECT
        ${LedgerRequest}
    FROM
    (
        SELECT
            ${LedgerKey}, ${ProjectOf},
            arrayFlatten(arrayMap(sl -> arrayMap(r -> spanhouse_log_error(r), sl.log_records), rs.scope_logs)) AS item_errors
        FROM (SELECT received_unix_nano, batch_id, request_id, api, sender, project, needs_rewrite, arrayJoin(request.resource_logs) AS rs FROM inbox_logs)
    )
    GROUP BY ${LedgerKey}, ProjectId
)
