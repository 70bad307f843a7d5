-- A gauge slot by slot, of the groups with the most. A value holds until the next of its series, until the series ends, and
-- at most for `stale` nanoseconds.
SELECT
    ${top_series}
FROM
(
    SELECT Labels, HeldIn - {slots_before:Int64} AS Slot, ${value} AS Value,
        {start:Int64} AS First, {end:Int64} AS Last
    FROM
    (
        SELECT *,
            arrayJoin(range(Measured, least(
                if(LastIsEnd, Measured, intDiv(LastTime + {stale:Int64} - {base:Int64}, {step:Int64})) + 1,
                if(NextMeasured > Measured, NextMeasured, {slots_before:Int64} + {slots:Int64}),
                {slots_before:Int64} + {slots:Int64}))) AS HeldIn
        FROM
        (
            SELECT *,
                leadInFrame(Measured, 1, Measured) OVER (
                    PARTITION BY SeriesId, AggregationTemporality ORDER BY Measured ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS NextMeasured
            FROM
            (
                SELECT SeriesId, AggregationTemporality, any(${labels}) AS Labels,
                    intDiv(Time - {base:Int64}, {step:Int64}) AS Measured,
                    max(Time) AS LastTime, argMax(IsEnd, Time) AS LastIsEnd,
                    argMaxIf(Value, Time, NOT IsEnd) AS LastValue, avgIf(Value, NOT IsEnd) AS Mean,
                    minIf(Value, NOT IsEnd) AS Least, maxIf(Value, NOT IsEnd) AS Most, countIf(NOT IsEnd) AS Points
                FROM
                (
${rows}
                )
                GROUP BY SeriesId, AggregationTemporality, Measured
            )
        )
        WHERE Points > 0
    )
    WHERE HeldIn >= {slots_before:Int64}
    GROUP BY Labels, Slot
)
GROUP BY Labels
ORDER BY sum(abs(Value)) DESC, Labels
LIMIT {limit:UInt32}
