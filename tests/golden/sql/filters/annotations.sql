-- label != x and score."a b" > 0.5 and annotated = true
-- Spans that began in the window and meet the conditions.
SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, Timestamp, Duration, StatusCode, ReceivedAt
FROM otel_traces
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) BETWEEN {first_slot:UInt32} AND {last_slot:UInt32}
    AND Timestamp BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    AND ((((TraceId, SpanId) IN (
-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND Kind = 'label'
) OR (TraceId, '') IN (
-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND Kind = 'label'
)) AND NOT ((TraceId, SpanId) IN (
-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND Kind = 'label' AND (Name = {p0:String})
) OR (TraceId, '') IN (
-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND Kind = 'label' AND (Name = {p0:String})
))) AND ((TraceId, SpanId) IN (
-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND Kind = 'score' AND Name = {p1:String} AND (ScoreValue > {p2:Float64})
) OR (TraceId, '') IN (
-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND Kind = 'score' AND Name = {p1:String} AND (ScoreValue > {p2:Float64})
)) AND (if(((TraceId, SpanId) IN (
-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND 1
) OR (TraceId, '') IN (
-- What is annotated so: spans, and traces with an empty SpanId.
SELECT TraceId, SpanId
FROM annotations
WHERE ProjectId = {project:String} AND 1
)), 'true', 'false') = {p3:String}))
-- p0 = 'x'
-- p1 = 'a b'
-- p2 = 0.5
-- p3 = 'true'
