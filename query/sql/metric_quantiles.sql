-- A quantile of a histogram slot by slot, of the groups with the highest. Each point's counts become counts up to each of
-- all bounds, so that histograms of different bounds can be added. Inside a bucket values are taken to lie evenly.
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
        {quantile:Float64} * Count AS Target,
        arrayFirstIndex(n -> n > 0 AND n >= Target - 1e-9 * Count, Counts) AS At,
        if(KnowsRange, least(Bounds[At], Largest), Bounds[At]) AS Upper,
        multiIf(At > 1, Bounds[At - 1], KnowsRange, Smallest, Bounds[1] > 0, 0, Bounds[1]) AS Edge,
        if(KnowsRange, greatest(Edge, Smallest), Edge) AS Lower,
        if(At > 1, Counts[At - 1], 0) AS Below,
        multiIf(
            empty(Bounds), NaN,
            -- Beyond the last bound: towards the largest value where it is known, else that bound, which it is at least.
            At = 0 AND KnowsRange AND Largest > Bounds[-1],
                greatest(Bounds[-1], Smallest) + (Largest - greatest(Bounds[-1], Smallest)) * (Target - Counts[-1]) / (Count - Counts[-1]),
            At = 0, Bounds[-1],
            Lower + (Upper - Lower) * greatest(0, least(1, (Target - Below) / (Counts[At] - Below)))) AS Value
    FROM
    (
        SELECT Labels, Slot,
            sum(Recorded * Share) AS Count, sumForEach(arrayMap(n -> n * Share, UpTo)) AS Counts,
            min(KnowsMin) AND min(KnowsMax) AS KnowsRange, min(Min) AS Smallest, max(Max) AS Largest,
            min(greatest(Since, {start:Int64})) AS First, max(least(Time, {end:Int64})) AS Last
        FROM
        (
            ${slots}
            FROM
            (
                SELECT Labels, Since, Time, Min, Max,
                    if(IsDifference, State.1 - Earlier.2.1, State.1) AS Recorded,
                    if(IsDifference, arrayMap((n, m) -> n - m, State.2, Earlier.2.2), State.2) AS UpTo,
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
