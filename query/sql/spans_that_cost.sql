-- The GenAI spans of the window whose usage meets a condition.
SELECT TraceId, SpanId
FROM gen_ai_usage
WHERE ProjectId = {project:String}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ${condition}
