-- A gauge slot by slot, of the groups with the most. A value holds until the next of its series, until the series ends, and
-- at most for `stale` nanoseconds.
SELECT
    Labels,
    arrayMap(point -> point.1, arraySort(groupArray((Slot, Value))) AS Points) AS Slots,
    arrayMap(point -> point.2, Points) AS `Values`,
    min(min(First)) OVER () AS FirstNano,
    max(max(Last)) OVER () AS LastNano,
    count() OVER () AS Total
FROM
(
    SELECT Labels, HeldIn - {slots_before:Int64} AS Slot, avg(if(HeldIn = Measured, Mean, LastValue)) AS Value,
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
                SELECT SeriesId, AggregationTemporality, any(CAST([toValidUTF8(if(mapContains(Attributes, {label_0:String}), Attributes[{label_0:String}], ResourceAttributes[{label_0:String}]))], 'Array(String)')) AS Labels,
                    intDiv(Time - {base:Int64}, {step:Int64}) AS Measured,
                    max(Time) AS LastTime, argMax(IsEnd, Time) AS LastIsEnd,
                    argMaxIf(Value, Time, NOT IsEnd) AS LastValue, avgIf(Value, NOT IsEnd) AS Mean,
                    minIf(Value, NOT IsEnd) AS Least, maxIf(Value, NOT IsEnd) AS Most, countIf(NOT IsEnd) AS Points
                FROM
                (
-- Points of a gauge that meet the conditions.
SELECT SeriesId, ServiceName, ScopeName, Attributes, ResourceAttributes,
    toUnixTimestamp64Nano(StartTimeUnix) AS Start, toUnixTimestamp64Nano(TimeUnix) AS Time,
    -- Bit 0 of the flags: the series ends here.
    bitTest(Flags, 0) AS IsEnd, Value, 0 AS AggregationTemporality,
    Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId
FROM otel_metrics_gauge
WHERE ProjectId = {project:String}
    AND MetricName = {name:String}
    AND TimeUnix BETWEEN fromUnixTimestamp64Nano({read_from:Int64}, 'UTC') AND fromUnixTimestamp64Nano({read_to:Int64}, 'UTC')
    AND (ServiceName != '' AND (ServiceName = {p0:String}))
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
{
 "p0": "web",
 "project": "shop",
 "name": "latency",
 "start": 1767225600000000000,
 "end": 1767229200000000000,
 "step": 60000000000,
 "slots": 60,
 "slots_before": 5,
 "base": 1767225300000000000,
 "stale": 300000000000,
 "read_from": 1767225000000000000,
 "read_to": 1767229199999999999,
 "limit": 20,
 "label_0": "http.route"
}
