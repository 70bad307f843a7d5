CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_ledger_traces_mv ${on_cluster} TO ingest_ledger AS
SELECT
    ReceivedAt, BatchId, RequestId, ProjectId, 'traces' AS Signal, Api, Sender,
    ${LedgerRow}
FROM
(
    SELECT
        ${LedgerRequest}
    FROM
    (
        SELECT
            ${LedgerKey}, ${ProjectOf},
            arrayFlatten(arrayMap(ss -> arrayMap(s -> spanhouse_span_error(s), ss.spans), rs.scope_spans)) AS item_errors
        FROM (SELECT received_unix_nano, batch_id, request_id, api, sender, project, needs_rewrite, arrayJoin(request.resource_spans) AS rs FROM inbox_traces)
    )
    GROUP BY ${LedgerKey}, ProjectId
)
