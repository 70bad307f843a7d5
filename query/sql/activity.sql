-- A page of the sessions, or users, of the traces that ran in the window.
SELECT
    toValidUTF8(arrayJoin(${keys})) AS Key,
    toUnixTimestamp64Nano(min(TraceStart)) AS StartNano,
    toUnixTimestamp64Nano(max(TraceEnd)) AS EndNano,
    count() AS TraceCount,
    sum(Turns) AS TurnCount,
    sum(Errors) AS ErrorCount,
    sum(Read) AS InputTokens,
    sum(Written) AS OutputTokens,
    arraySort(groupUniqArrayArray(TraceModels)) AS Models,
    arraySort(groupUniqArrayArray(10)(${others})) AS Others,
    uniqExactArray(${others}) AS OtherCount,
    argMax(TraceId, (TraceStart, TraceId)) AS LastTraceId,
    -- Whose usage is added up exactly; more are not asked for at once.
    groupArray(1000)((TraceId, toUnixTimestamp64Nano(TraceStart), toUnixTimestamp64Nano(TraceEnd))) AS Traces,
    count() OVER () AS Total
FROM
(
    ${active_traces}
)
WHERE ({key:String} = '' OR has(${keys}, {key:String}))
    AND ({other:String} = '' OR has(${others}, {other:String}))
GROUP BY Key
HAVING ({key:String} = '' OR Key = {key:String})
    AND arrayExists(
        name -> positionCaseInsensitiveUTF8(toValidUTF8(name), {text:String}) > 0,
        arrayPushFront(groupUniqArrayArray(1000)(${others}), Key))
ORDER BY
    multiIf(
        {sort:String} = 'traces', toInt64(TraceCount),
        {sort:String} = 'turns', toInt64(TurnCount),
        {sort:String} = 'errors', toInt64(ErrorCount),
        {sort:String} = 'tokens', toInt64(InputTokens + OutputTokens),
        EndNano) DESC,
    Key
LIMIT {offset:UInt32}, {limit:UInt32}
