    -- Traces that ran at some time of the window, as far as one batch of their spans shows.
    SELECT TraceId
    FROM trace_summaries
    WHERE ProjectId = {project:String}
        AND Bucket BETWEEN {first_bucket:UInt32} AND {last_bucket:UInt32}
        AND End >= fromUnixTimestamp64Nano({start:Int64}, 'UTC')
        AND Start <= fromUnixTimestamp64Nano({end:Int64}, 'UTC')
        AND ${conditions}
