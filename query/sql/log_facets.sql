-- How often the log records that match have which value of some fields and attributes, the most frequent first.
SELECT Scope, Name, Value, Type, Count, count() OVER (PARTITION BY Scope, Name) AS Distinct
FROM
(
    SELECT item.1 AS Scope, item.2 AS Name, toValidUTF8(item.3) AS Value, item.4 AS Type, count() AS Count
    FROM
    (
        SELECT arrayJoin(arrayConcat(
            [('', 'severity', toString(SeverityText), 'string'), ('', 'service', toString(ServiceName), 'string'),
             ('', 'event_name', toString(EventName), 'string'), ('', 'scope', toString(ScopeName), 'string')],
            arrayFilter(i -> has({keys:Array(String)}, i.2), arrayConcat(
                arrayMap((k, v, t) -> ('log', toString(k), substringUTF8(v, 1, 200), toString(t)), mapKeys(LogAttributes), mapValues(LogAttributes), LogAttributeTypes),
                arrayMap((k, v, t) -> ('resource', toString(k), substringUTF8(v, 1, 200), toString(t)), mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ResourceAttributeTypes))))) AS item
        FROM (
${rows}
        )
    )
    WHERE Value != ''
    GROUP BY Scope, Name, Value, Type
)
ORDER BY Scope, Name, Count DESC, Value
LIMIT {limit:UInt32} BY Scope, Name
