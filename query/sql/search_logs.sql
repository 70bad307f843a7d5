-- A page of the log records that match. It goes on in the middle of a nanosecond by skipping what it showed.
SELECT ${log_row}
FROM (
${rows}
)
WHERE Timestamp ${reaches} fromUnixTimestamp64Nano({after:Int64}, 'UTC')
ORDER BY Timestamp ${direction}, TraceId, SpanId, ReceivedAt, Body, toString(LogAttributes)
LIMIT {skip:UInt32}, {limit:UInt32}
