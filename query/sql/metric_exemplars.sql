-- Values with the trace they were measured in: of each slot the largest.
SELECT Labels, Value, Time, TraceId, SpanId, count() OVER () AS Total
FROM
(
    SELECT ${labels} AS Labels,
        toUnixTimestamp64Nano(exemplar.1) AS Time, exemplar.2 AS Value, exemplar.3 AS TraceId, exemplar.4 AS SpanId
    FROM
    (
${rows}
    )
    ARRAY JOIN arrayZip(Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId) AS exemplar
    WHERE TraceId != '' AND Time >= {start:Int64} AND Time < {end:Int64}
    -- A cumulative point repeats those of the one before.
    LIMIT 1 BY TraceId, SpanId, Time, Value
)
ORDER BY Value DESC, Time
LIMIT 2 BY intDiv(Time - {start:Int64}, {step:Int64})
LIMIT {limit:UInt32}
