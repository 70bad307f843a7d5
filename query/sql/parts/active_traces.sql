SELECT
        TraceId,
        min(Start) AS TraceStart,
        max(End) AS TraceEnd,
        groupUniqArrayArray(s.Sessions) AS TraceSessions,
        groupUniqArrayArray(s.Users) AS TraceUsers,
        groupUniqArrayArray(s.Models) AS TraceModels,
        sum(s.ErrorCount) AS Errors,
        sum(s.ModelCalls) AS Turns,
        sum(s.InputTokens) AS Read,
        sum(s.OutputTokens) AS Written
    FROM trace_summaries AS s
    WHERE ProjectId = {project:String}
        AND Bucket BETWEEN {first_bucket:UInt32} AND {last_bucket:UInt32}
    GROUP BY TraceId
    HAVING TraceEnd >= fromUnixTimestamp64Nano({start:Int64}, 'UTC')
        AND TraceStart <= fromUnixTimestamp64Nano({end:Int64}, 'UTC')
