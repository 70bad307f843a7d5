-- label != x and score."a b" > 0.5 and annotated = true
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ((((TraceId, SpanId) IN (
-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND Kind = 'label'
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(Kind = 'label', false), (Timestamp, ReceivedAt))
        )
    )
) OR (TraceId, '') IN (
-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND Kind = 'label'
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(Kind = 'label', false), (Timestamp, ReceivedAt))
        )
    )
)) AND NOT ((TraceId, SpanId) IN (
-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND Kind = 'label' AND (LogAttributes['spanhouse.annotation.name'] = {p0:String})
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(Kind = 'label' AND (LogAttributes['spanhouse.annotation.name'] = {p0:String}), false), (Timestamp, ReceivedAt))
        )
    )
) OR (TraceId, '') IN (
-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND Kind = 'label' AND (LogAttributes['spanhouse.annotation.name'] = {p0:String})
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(Kind = 'label' AND (LogAttributes['spanhouse.annotation.name'] = {p0:String}), false), (Timestamp, ReceivedAt))
        )
    )
))) AND ((TraceId, SpanId) IN (
-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND Kind = 'score' AND Name = {p1:String} AND (ScoreValue > {p2:Float64})
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(Kind = 'score' AND Name = {p1:String} AND (ScoreValue > {p2:Float64}), false), (Timestamp, ReceivedAt))
        )
    )
) OR (TraceId, '') IN (
-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND Kind = 'score' AND Name = {p1:String} AND (ScoreValue > {p2:Float64})
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(Kind = 'score' AND Name = {p1:String} AND (ScoreValue > {p2:Float64}), false), (Timestamp, ReceivedAt))
        )
    )
)) AND (if(((TraceId, SpanId) IN (
-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND Kind IN ('score', 'comment', 'label')
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(Kind IN ('score', 'comment', 'label'), false), (Timestamp, ReceivedAt))
        )
    )
) OR (TraceId, '') IN (
-- What is annotated so: spans, and traces with an empty SpanId. Two passes over narrow columns: the view would fold all there is.
SELECT TraceId, SpanId
FROM state_events
WHERE ProjectId = {project:String} AND TraceId != '' AND Kind IN ('score', 'comment', 'label')
    AND (cityHash64(TraceId, EntityId), Timestamp, ReceivedAt) IN
    (
        SELECT Entity, tupleElement(Last, 1), tupleElement(Last, 2)
        FROM
        (
            SELECT cityHash64(TraceId, EntityId) AS Entity, max((Timestamp, ReceivedAt)) AS Last
            FROM state_events
            WHERE ProjectId = {project:String} AND TraceId != ''
            GROUP BY Entity
            HAVING argMax(ifNull(Kind IN ('score', 'comment', 'label'), false), (Timestamp, ReceivedAt))
        )
    )
)), 'true', 'false') = {p3:String}))
-- p0 = 'x'
-- p1 = 'a b'
-- p2 = 0.5
-- p3 = 'true'
