SELECT
        TraceId,
        toUnixTimestamp64Nano(min(Start)) AS StartNano,
        toUnixTimestamp64Nano(max(End)) - StartNano AS DurationNano,
        sum(SpanCount) AS Spans,
        sum(ErrorCount) AS Errors
    FROM trace_summaries
    WHERE ProjectId = {project:String}
        AND Bucket BETWEEN {first_bucket:UInt32} AND {last_bucket:UInt32}
        AND End >= fromUnixTimestamp64Nano({near_start:Int64}, 'UTC')
        AND Start <= fromUnixTimestamp64Nano({near_end:Int64}, 'UTC')
        AND ${matching}
    GROUP BY TraceId
    HAVING ${conditions}
