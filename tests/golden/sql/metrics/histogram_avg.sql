-- How often and how much was recorded by a histogram or a summary, slot by slot, of the groups with the most; spread as
-- the increases of a sum are.
SELECT
    Labels,
    arrayMap(point -> point.1, arraySort(groupArray((Slot, Value))) AS Points) AS Slots,
    arrayMap(point -> point.2, Points) AS `Values`,
    min(min(First)) OVER () AS FirstNano,
    max(max(Last)) OVER () AS LastNano,
    count() OVER () AS Total
FROM
(
    SELECT Labels, Slot, if(min(HasSum), sum(Summed * Share) / sum(Recorded * Share), NaN) AS Value, min(greatest(Since, {start:Int64})) AS First, max(least(Time, {end:Int64})) AS Last
    FROM
    (
        SELECT *,
        arrayJoin(range(
            intDiv(greatest(Since, {start:Int64}) - {start:Int64}, {step:Int64}),
            intDiv(greatest(Since, least(Time, {end:Int64}) - 1, {start:Int64}) - {start:Int64}, {step:Int64}) + 1)) AS Slot,
        {start:Int64} + Slot * {step:Int64} AS SlotStart,
        if(Since = Time, 1, (least(Time, SlotStart + {step:Int64}) - greatest(Since, SlotStart)) / (Time - Since)) AS Share
        FROM
        (
            SELECT Labels, Since, Time, State.3 AS HasSum,
                if(IsDifference, State.1 - Earlier.2.1, State.1) AS Recorded,
                if(IsDifference, State.2 - Earlier.2.2, State.2) AS Summed
            FROM
            (
    SELECT *,
        -- What it is compared with: the point before it that counts from the same start.
        lagInFrame(tuple(Time, State)) OVER stream AS Earlier,
        leadInFrame(tuple(Time, State)) OVER stream AS Later,
        AggregationTemporality = 2 AND Earlier.1 > 0 AND State.1 >= Earlier.2.1 AS IsDifference,
        Start > 0 AND Start < Time AS HasStart,
        multiIf(
            AggregationTemporality != 2, if(HasStart, Start, Time),
            Earlier.1 > 0, Earlier.1,
            -- It counts from before what was read: where its count stood then is not known.
            HasStart AND Start >= {read_from:Int64}, Start,
            NULL) AS Since
    FROM
    (
        SELECT SeriesId, AggregationTemporality, Start, Time, CAST([toValidUTF8(if(mapContains(Attributes, {label_0:String}), Attributes[{label_0:String}], ResourceAttributes[{label_0:String}]))], 'Array(String)') AS Labels, tuple(toInt64(Count), Sum, HasSum) AS State
        FROM
        (
-- Points of a histogram that meet the conditions.
SELECT SeriesId, ServiceName, ScopeName, Attributes, ResourceAttributes,
    toUnixTimestamp64Nano(StartTimeUnix) AS Start, toUnixTimestamp64Nano(TimeUnix) AS Time,
    -- Bit 0 of the flags: the series ends here.
    bitTest(Flags, 0) AS IsEnd, AggregationTemporality, Count, Sum, HasSum, BucketCounts, ExplicitBounds, Min, Max, HasMin, HasMax,
    Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId
FROM otel_metrics_histogram
WHERE ProjectId = {project:String}
    AND MetricName = {name:String}
    AND TimeUnix BETWEEN fromUnixTimestamp64Nano({read_from:Int64}, 'UTC') AND fromUnixTimestamp64Nano({read_to:Int64}, 'UTC')
    AND (ServiceName != '' AND (ServiceName = {p0:String}))
        )
        WHERE NOT IsEnd
        -- A point that was sent twice.
        LIMIT 1 BY SeriesId, AggregationTemporality, Start, Time
    )
    WINDOW stream AS (
        PARTITION BY SeriesId, AggregationTemporality, Start ORDER BY Time ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)
            )
            WHERE Since < {end:Int64} AND (Time > {start:Int64} OR Since = {start:Int64})
        )
    )
    GROUP BY Labels, Slot
)
WHERE isFinite(Value)
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
 "read_to": 1767229800000000000,
 "limit": 20,
 "label_0": "http.route"
}
