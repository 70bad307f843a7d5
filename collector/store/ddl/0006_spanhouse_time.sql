-- Unix nanoseconds -> DateTime64(9). Callers have refused what Int64 cannot hold (after 2262-04-11).
CREATE FUNCTION IF NOT EXISTS spanhouse_time ${on_cluster} AS (nano) -> fromUnixTimestamp64Nano(toInt64(nano), 'UTC')
