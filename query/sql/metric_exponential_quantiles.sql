-- A quantile of an exponential histogram slot by slot, of the groups with the highest. The buckets of a group are brought to
-- its smallest scale, where they can be added. Inside a bucket the logarithms of values are taken to lie evenly.
--
-- A bucket has one key, so that the order of keys is that of values: 0 of the zero bucket, 2^33 + index above it,
-- and -(2^33 + index) below.
SELECT
    ${top_series}
FROM
(
    SELECT *,
        {quantile:Float64} * Count AS Target,
        arrayCumSum(Buckets.2) AS Counts,
        arrayFirstIndex(n -> n > 0 AND n >= Target - 1e-9 * Count, Counts) AS At,
        Buckets.1[At] AS Key,
        greatest(0, least(1, (Target - if(At > 1, Counts[At - 1], 0)) / Buckets.2[At])) AS Within,
        (abs(Key) - 8589934592) * exp2(-Scale) AS LowPower,
        LowPower + exp2(-Scale) AS HighPower,
        multiIf(
            Key > 0, exp2(LowPower + (HighPower - LowPower) * Within),
            Key < 0, -exp2(HighPower + (LowPower - HighPower) * Within),
            -- It holds no value below zero where nothing else is below zero; nor above.
            if(Buckets.1[1] < 0, -ZeroThreshold, 0.) + Within * (if(Buckets.1[-1] > 0, ZeroThreshold, 0.) + if(Buckets.1[1] < 0, ZeroThreshold, 0.))) AS Inside,
        if(KnowsRange, greatest(Smallest, least(Largest, Inside)), Inside) AS Value
    FROM
    (
        SELECT Labels, Slot, any(Scale) AS Scale,
            sum(Recorded * Share) AS Count, sumMap(Changed.1, arrayMap(n -> n * Share, Changed.2)) AS Buckets,
            max(ZeroThreshold) AS ZeroThreshold,
            min(KnowsMin) AND min(KnowsMax) AS KnowsRange, min(Min) AS Smallest, max(Max) AS Largest,
            min(greatest(Since, {start:Int64})) AS First, max(least(Time, {end:Int64})) AS Last
        FROM
        (
            ${slots}
            FROM
            (
                SELECT Labels, Since, Time, Min, Max, ZeroThreshold, State.6 AS Scale,
                    if(IsDifference, State.1 - Earlier.2.1, State.1) AS Recorded,
                    if(IsDifference,
                        arrayReduce('sumMap', [State.2, Earlier.2.2], [State.3, arrayMap(n -> -n, Earlier.2.3)]),
                        arrayReduce('sumMap', [State.2], [State.3])) AS Changed,
                    -- Of a cumulative histogram they are of all its time, and of this interval only where they moved.
                    HasMin AND (NOT IsDifference OR Min < Earlier.2.4) AS KnowsMin,
                    HasMax AND (NOT IsDifference OR Max > Earlier.2.5) AS KnowsMax
                FROM
                (
    ${intervals}
                )
                ${counted}
            )
            WHERE Recorded > 0
        )
        GROUP BY Labels, Slot
    )
)
WHERE isFinite(Value)
GROUP BY Labels
ORDER BY sum(abs(Value)) DESC, Labels
LIMIT {limit:UInt32}
