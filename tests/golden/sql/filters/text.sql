-- cart 503
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND NOT match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')
    AND (hasAllTokens(SpanText, lowerUTF8({p0:String})) AND hasAllTokens(SpanText, lowerUTF8({p1:String})))
UNION ALL
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')
    AND (hasAllTokens(concat(SpanText, ''), lowerUTF8({p0:String})) AND hasAllTokens(concat(SpanText, ''), lowerUTF8({p1:String})))
-- p0 = 'cart'
-- p1 = '503'
