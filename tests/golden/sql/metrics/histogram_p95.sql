-- A quantile of a histogram slot by slot, of the groups with the highest. Each point's counts become counts up to each of
-- all bounds, so that histograms of different bounds can be added. Inside a bucket values are taken to lie evenly.
--
-- What was recorded between two points is their difference, spread evenly over the time between them. So a point is
-- added with the shares of the interval before it, and taken away with those of the interval after it.
WITH
    (
        SELECT arraySort(groupUniqArrayArray(ExplicitBounds))
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
    ) AS Bounds
SELECT
    Labels,
    arrayMap(point -> point.1, arraySort(groupArray((Slot, Value))) AS Points) AS Slots,
    arrayMap(point -> point.2, Points) AS `Values`,
    min(min(First)) OVER () AS FirstNano,
    max(max(Last)) OVER () AS LastNano,
    count() OVER () AS Total
FROM
(
    SELECT *,
        {quantile:Float64} * Total AS Target,
        arrayFirstIndex(n -> n > 1e-6 * Total AND n >= Target - 1e-6 * Total, Counts) AS At,
        if(IsKnown, least(Bounds[At], Largest), Bounds[At]) AS Upper,
        multiIf(At > 1, Bounds[At - 1], IsKnown, Smallest, Bounds[1] > 0, 0, Bounds[1]) AS Edge,
        if(IsKnown, greatest(Edge, Smallest), Edge) AS Lower,
        if(At > 1, Counts[At - 1], 0) AS Below,
        multiIf(
            empty(Bounds), NaN,
            -- Beyond the last bound: towards the largest value where it is known, else that bound, which it is at least.
            At = 0 AND IsKnown AND Largest > Bounds[-1],
                greatest(Bounds[-1], Smallest) + (Largest - greatest(Bounds[-1], Smallest)) * (Target - Counts[-1]) / (Total - Counts[-1]),
            At = 0, Bounds[-1],
            Lower + (Upper - Lower) * greatest(0, least(1, (Target - Below) / (Counts[At] - Below)))) AS Value
    FROM
    (
        SELECT Labels, Slot, Added AS Total, IsKnown, Least AS Smallest, Most AS Largest, Earliest AS First, Latest AS Last, Counts
        FROM
        (
            SELECT Labels, Slot,
                sumForEach(if(OwnShare = FollowingShare, [], arrayMap(n -> n * (OwnShare - FollowingShare),
                    if(ExplicitBounds = Bounds,
                    arrayMap(n -> toFloat64(n), arrayPopBack(arrayCumSum(BucketCounts))),
                    arrayMap(bound -> (arrayFirstIndex(own -> own >= bound, ExplicitBounds) AS Place,
                        multiIf(
                            empty(ExplicitBounds), 0.,
                            -- What is above its last bound lies somewhere below the next of the others.
                            Place = 0, toFloat64(Count),
                            ExplicitBounds[Place] = bound, toFloat64(arrayCumSum(BucketCounts)[Place]),
                            Place = 1, if(bound > 0, BucketCounts[1] * bound / ExplicitBounds[1], 0.),
                            arrayCumSum(BucketCounts)[Place - 1] + BucketCounts[Place] * (bound - ExplicitBounds[Place - 1]) / (ExplicitBounds[Place] - ExplicitBounds[Place - 1]))).2,
                        Bounds))))) AS Counts,
                sum(Count * (OwnShare - FollowingShare)) AS Added,
                min(OwnShare = 0 OR Recorded = 0 OR KnowsRange) AS IsKnown,
                minIf(Min, OwnShare > 0 AND Recorded > 0) AS Least, maxIf(Max, OwnShare > 0 AND Recorded > 0) AS Most,
                min(if(OwnShare > 0, greatest(assumeNotNull(Since), {start:Int64}), {end:Int64})) AS Earliest, max(if(OwnShare > 0, least(Time, {end:Int64}), {start:Int64})) AS Latest
            FROM
            (
                SELECT *, share.1 AS Slot, share.2 AS OwnShare, share.3 AS FollowingShare
                FROM
                (
                    SELECT * FROM
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
                    LIMIT 1 BY SeriesId, AggregationTemporality, Start, Time
                ) AS point
                INNER JOIN
                (
        SELECT SeriesId, AggregationTemporality, Start, Time, Labels, Since, Recorded, KnowsRange,
            arrayMap(slot -> tuple(
                    slot,
                    if(has(Own, slot), if(Since = Time, 1, (least(Time, {start:Int64} + (slot + 1) * {step:Int64}) - greatest(assumeNotNull(Since), {start:Int64} + slot * {step:Int64})) / (Time - assumeNotNull(Since))), 0.),
                    if(has(Following, slot), (least(Later.1, {start:Int64} + (slot + 1) * {step:Int64}) - greatest(Time, {start:Int64} + slot * {step:Int64})) / (Later.1 - Time), 0.)),
                arrayDistinct(arrayConcat(Own, Following))) AS Shares
        FROM
        (
            SELECT *,
                if(IsDifference, State.1 - Earlier.2.1, State.1) AS Recorded,
                -- Of a cumulative histogram they are of all its time.
                State.3 AND NOT IsDifference AS KnowsRange,
                AggregationTemporality = 2 AND Later.1 > 0 AND Later.2.1 >= State.1 AND Later.2.2 = State.2 AS IsContinued,
                if(Since IS NULL OR Since >= {end:Int64} OR Time < {start:Int64} OR Time = {start:Int64} AND Since < Time, [],
                    range(
                        intDiv(greatest(assumeNotNull(Since), {start:Int64}) - {start:Int64}, {step:Int64}),
                        intDiv(greatest(assumeNotNull(Since), least(Time, {end:Int64}) - 1, {start:Int64}) - {start:Int64}, {step:Int64}) + 1)) AS Own,
                if(NOT IsContinued OR Time >= {end:Int64} OR Later.1 <= {start:Int64}, [],
                    range(
                        intDiv(greatest(Time, {start:Int64}) - {start:Int64}, {step:Int64}),
                        intDiv(least(Later.1, {end:Int64}) - 1 - {start:Int64}, {step:Int64}) + 1)) AS Following
            FROM
            (
    SELECT *,
        -- What it is compared with: the point before it that counts from the same start.
        lagInFrame(tuple(Time, State)) OVER stream AS Earlier,
        leadInFrame(tuple(Time, State)) OVER stream AS Later,
        AggregationTemporality = 2 AND Earlier.1 > 0 AND State.1 >= Earlier.2.1 AND State.2 = Earlier.2.2 AS IsDifference,
        Start > 0 AND Start < Time AS HasStart,
        multiIf(
            AggregationTemporality != 2, if(HasStart, Start, Time),
            Earlier.1 > 0, Earlier.1,
            -- It counts from before what was read: where its count stood then is not known.
            HasStart AND Start >= {read_from:Int64}, Start,
            NULL) AS Since
    FROM
    (
        SELECT SeriesId, AggregationTemporality, Start, Time, CAST([toValidUTF8(if(mapContains(Attributes, {label_0:String}), Attributes[{label_0:String}], ResourceAttributes[{label_0:String}]))], 'Array(String)') AS Labels, tuple(toInt64(Count), cityHash64(ExplicitBounds), HasMin AND HasMax) AS State
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
        )
        -- Of the points inside a slot only the first and the last count.
        WHERE arrayExists(share -> share.2 != share.3, Shares)
                ) AS weight USING (SeriesId, AggregationTemporality, Start, Time)
                ARRAY JOIN Shares AS share
            )
            GROUP BY Labels, Slot
        )
    )
    WHERE Total > 1e-9
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
 "label_0": "http.route",
 "quantile": 0.95
}
