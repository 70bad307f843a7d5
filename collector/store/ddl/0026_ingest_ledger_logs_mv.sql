CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_ledger_logs_mv ${on_cluster} TO ingest_ledger AS
${LedgerOfLogs}
