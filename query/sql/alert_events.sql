-- What alerts did, the newest first.
SELECT EventName, toUnixTimestamp64Nano(Timestamp) AS TimeNano, Body,
    LogAttributes['spanhouse.alert.id'] AS AlertId,
    LogAttributes['spanhouse.alert.state.name'] AS StateName,
    LogAttributes['spanhouse.alert.incident'] AS Incident,
    LogAttributes['spanhouse.alert.value'] AS AlertValue,
    LogAttributes['spanhouse.alert.channel'] AS Channel,
    LogAttributes['spanhouse.alert.outcome'] AS Outcome
FROM state_events
WHERE ProjectId = {project:String} AND TraceId = ''
    AND EventName IN ('spanhouse.alert.state', 'spanhouse.alert.notification')
    AND ({alert:String} = '' OR AlertId = {alert:String})
ORDER BY Timestamp DESC, ReceivedAt DESC
LIMIT {limit:UInt32}
