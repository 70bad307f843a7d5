-- A quantile of an exponential histogram slot by slot, of the groups with the highest. The buckets of a group are brought to
-- its smallest scale, where they can be added. Inside a bucket the logarithms of values are taken to lie evenly.
--
-- A bucket has one key, so that the order of keys is that of values: 0 of the zero bucket, 2^33 + index above it,
-- and -(2^33 + index) below.
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
        arrayCumSum(KeyCounts) AS Counts,
        arrayFirstIndex(n -> n >= Target - 1e-6 * Total, Counts) AS At,
        Keys[At] AS Key,
        greatest(0, least(1, (Target - if(At > 1, Counts[At - 1], 0)) / KeyCounts[At])) AS Within,
        (abs(Key) - 8589934592) * exp2(-LeastScale) AS LowPower,
        LowPower + exp2(-LeastScale) AS HighPower,
        multiIf(
            Key > 0, exp2(LowPower + (HighPower - LowPower) * Within),
            Key < 0, -exp2(HighPower + (LowPower - HighPower) * Within),
            -- It holds no value below zero where nothing else is below zero; nor above.
            if(Keys[1] < 0, -ZeroThreshold, 0.) + Within * (if(Keys[-1] > 0, ZeroThreshold, 0.) + if(Keys[1] < 0, ZeroThreshold, 0.))) AS Inside,
        if(IsKnownOfAll, greatest(Smallest, least(Largest, Inside)), Inside) AS Value
    FROM
    (
        SELECT Labels, Slot, min(Scale) AS LeastScale, max(LargestThreshold) AS ZeroThreshold,
            sum(Added) AS Total, min(IsKnown) AS IsKnownOfAll, min(Least) AS Smallest, max(Most) AS Largest,
            min(Earliest) AS First, max(Latest) AS Last,
            groupArray(tuple(Scale, Added, Buckets)) AS Parts,
            arrayReduce(
                'sumMap',
                arrayMap(part -> arrayMap(key -> if(key = 0, 0, sign(key) * (8589934592 + toInt64(floor((abs(key) - 8589934592) / exp2(part.1 - LeastScale))))), part.3.1), Parts),
                arrayMap(part -> part.3.2, Parts)) AS Summed,
            arrayFilter((key, n) -> n > 1e-6 * Total, Summed.1, Summed.2) AS Keys,
            arrayFilter(n -> n > 1e-6 * Total, Summed.2) AS KeyCounts
        FROM
        (
            SELECT Labels, Slot, Scale, max(ZeroThreshold) AS LargestThreshold,
                sumMap(
                    if(OwnShare = FollowingShare, [], arrayConcat(
                            arrayMap(i -> -8589934592 - (NegativeOffset + i - 1), arrayEnumerate(NegativeBucketCounts)),
                            [toInt64(0)],
                            arrayMap(i -> 8589934592 + (PositiveOffset + i - 1), arrayEnumerate(PositiveBucketCounts)))),
                    if(OwnShare = FollowingShare, [], arrayMap(n -> n * (OwnShare - FollowingShare),
                        arrayConcat(NegativeBucketCounts, [ZeroCount], PositiveBucketCounts)))) AS Buckets,
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
-- Points of an exponential histogram that meet the conditions.
SELECT SeriesId, ServiceName, ScopeName, Attributes, ResourceAttributes,
    toUnixTimestamp64Nano(StartTimeUnix) AS Start, toUnixTimestamp64Nano(TimeUnix) AS Time,
    -- Bit 0 of the flags: the series ends here.
    bitTest(Flags, 0) AS IsEnd, AggregationTemporality, Count, Sum, HasSum, Scale, ZeroCount, ZeroThreshold, PositiveOffset,
    PositiveBucketCounts, NegativeOffset, NegativeBucketCounts, Min, Max, HasMin, HasMax,
    Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId
FROM otel_metrics_exponential_histogram
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
        SELECT SeriesId, AggregationTemporality, Start, Time, CAST([toValidUTF8(if(mapContains(Attributes, {label_0:String}), Attributes[{label_0:String}], ResourceAttributes[{label_0:String}]))], 'Array(String)') AS Labels, tuple(toInt64(Count), toUInt64(0), HasMin AND HasMax) AS State
        FROM
        (
-- Points of an exponential histogram that meet the conditions.
SELECT SeriesId, ServiceName, ScopeName, Attributes, ResourceAttributes,
    toUnixTimestamp64Nano(StartTimeUnix) AS Start, toUnixTimestamp64Nano(TimeUnix) AS Time,
    -- Bit 0 of the flags: the series ends here.
    bitTest(Flags, 0) AS IsEnd, AggregationTemporality, Count, Sum, HasSum, Scale, ZeroCount, ZeroThreshold, PositiveOffset,
    PositiveBucketCounts, NegativeOffset, NegativeBucketCounts, Min, Max, HasMin, HasMax,
    Exemplars.TimeUnix, Exemplars.Value, Exemplars.TraceId, Exemplars.SpanId
FROM otel_metrics_exponential_histogram
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
            GROUP BY Labels, Slot, Scale
        )
        GROUP BY Labels, Slot
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
 "quantile": 0.99
}
