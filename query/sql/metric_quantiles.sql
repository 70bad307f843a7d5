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
${rows}
        )
    ) AS Bounds
SELECT
    ${top_series}
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
                    ${up_to_bounds}))) AS Counts,
                ${weighed}
            FROM
            (
                ${weighed_points}
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
