-- The last state of each alert.
SELECT AlertId, last.1 AS StateName, last.2 AS Incident, last.3 AS AlertValue, last.4 AS Message, toUnixTimestamp64Nano(Since) AS SinceNano
FROM
(
    SELECT LogAttributes['spanhouse.alert.id'] AS AlertId, max(Timestamp) AS Since,
        argMax((LogAttributes['spanhouse.alert.state.name'], LogAttributes['spanhouse.alert.incident'], LogAttributes['spanhouse.alert.value'], Body),
            (Timestamp, ReceivedAt)) AS last
    FROM state_events
    WHERE ProjectId = {project:String} AND TraceId = '' AND EventName = 'spanhouse.alert.state'
    GROUP BY AlertId
)
