-- The traces of one session, or user, by time.
SELECT TraceId
FROM
(
    ${active_traces}
)
WHERE has(${keys}, {key:String})
ORDER BY {direction:Int8} * toUnixTimestamp64Nano(TraceStart), TraceId
LIMIT {offset:UInt32}, {limit:UInt32}
