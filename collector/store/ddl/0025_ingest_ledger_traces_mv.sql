CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_ledger_traces_mv ${on_cluster} TO ingest_ledger AS
${LedgerOfTraces}
