-- A page of the spans that match, the newest first. It goes on in the middle of a nanosecond by skipping what it showed.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode
FROM (
${rows}
)
WHERE Timestamp <= fromUnixTimestamp64Nano({after:Int64}, 'UTC')
ORDER BY Timestamp DESC, TraceId, SpanId, ReceivedAt
LIMIT {skip:UInt32}, {limit:UInt32}
