CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_ledger_metrics_mv ${on_cluster} TO ingest_ledger AS
${LedgerOfMetrics}
