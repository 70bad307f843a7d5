-- From the summaries, which have grouped an insert's spans by trace already.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_traces_trace_id_ts_mv ${on_cluster} TO otel_traces_trace_id_ts AS
SELECT ProjectId, TraceId, Start, End
FROM trace_summaries
