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
                    if(OwnShare = FollowingShare, [], ${bucket_keys}),
                    if(OwnShare = FollowingShare, [], arrayMap(n -> n * (OwnShare - FollowingShare),
                        arrayConcat(NegativeBucketCounts, [ZeroCount], PositiveBucketCounts)))) AS Buckets,
                ${weighed}
            FROM
            (
                ${weighed_points}
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
