-- Of each incident and channel: whom it was told to, and how often that failed. What is older than the incidents that may still
-- be told of is of no use.
SELECT LogAttributes['spanhouse.alert.id'] AS AlertId, LogAttributes['spanhouse.alert.incident'] AS Incident,
    LogAttributes['spanhouse.alert.channel'] AS Channel, LogAttributes['spanhouse.alert.state.name'] AS StateName,
    countIf(LogAttributes['spanhouse.alert.outcome'] = 'sent') > 0 AS IsSent,
    countIf(LogAttributes['spanhouse.alert.outcome'] = 'failed') AS Failures,
    toUnixTimestamp64Nano(max(Timestamp)) AS LastNano
FROM state_events
WHERE ProjectId = {project:String} AND TraceId = '' AND EventName = 'spanhouse.alert.notification'
    AND Timestamp >= fromUnixTimestamp64Nano({since:Int64}, 'UTC')
GROUP BY AlertId, Incident, Channel, StateName
