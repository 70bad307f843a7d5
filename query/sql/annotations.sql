-- What is said of some traces, or with one id, the oldest first.
SELECT AnnotationId, TraceId, SpanId, Kind, Name, ScoreValue, ScoreLabel, Text, ErrorType, Source, Author,
    toUnixTimestamp64Nano(Created) AS CreatedNano, toUnixTimestamp64Nano(Updated) AS UpdatedNano
FROM annotations
WHERE ProjectId = {project:String} AND TraceId IN {trace_ids:Array(String)} AND ({id:String} = '' OR AnnotationId = {id:String})
ORDER BY Created, AnnotationId
