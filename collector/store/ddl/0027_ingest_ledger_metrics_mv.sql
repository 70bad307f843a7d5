CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_ledger_metrics_mv ${on_cluster} TO ingest_ledger AS
SELECT
    ReceivedAt, BatchId, RequestId, ProjectId, 'metrics' AS Signal, Api, Sender,
    ${LedgerRow}
FROM
(
    SELECT
        ${LedgerRequest}
    FROM
    (
        SELECT
            ${LedgerKey}, ${ProjectOf},
            arrayFlatten(arrayMap(sm -> arrayMap(m -> arrayConcat(
                arrayMap(p -> spanhouse_point_error(m.name, p.start_time_unix_nano, p.time_unix_nano, p.exemplars.time_unix_nano), m.gauge.data_points),
                arrayMap(p -> spanhouse_point_error(m.name, p.start_time_unix_nano, p.time_unix_nano, p.exemplars.time_unix_nano), m.sum.data_points),
                arrayMap(p -> spanhouse_point_error(m.name, p.start_time_unix_nano, p.time_unix_nano, p.exemplars.time_unix_nano), m.histogram.data_points),
                arrayMap(p -> spanhouse_point_error(m.name, p.start_time_unix_nano, p.time_unix_nano, p.exemplars.time_unix_nano), m.exponential_histogram.data_points),
                arrayMap(p -> spanhouse_point_error(m.name, p.start_time_unix_nano, p.time_unix_nano, CAST([], 'Array(UInt64)')), m.summary.data_points)),
                sm.metrics), rs.scope_metrics)) AS item_errors
        FROM (SELECT received_unix_nano, batch_id, request_id, api, sender, project, needs_rewrite, arrayJoin(request.resource_metrics) AS rs FROM inbox_metrics)
    )
    GROUP BY ${LedgerKey}, ProjectId
)
