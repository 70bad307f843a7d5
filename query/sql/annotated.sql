-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND ${conditions}
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(${conditions}, false), (Timestamp, ReceivedAt))
        )
    )
