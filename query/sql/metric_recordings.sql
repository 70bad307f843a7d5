-- How often and how much was recorded by a histogram or a summary, slot by slot, of the groups with the most; spread as
-- the increases of a sum are.
SELECT
    ${top_series}
FROM
(
    SELECT Labels, Slot, ${value} AS Value, min(greatest(Since, {start:Int64})) AS First, max(least(Time, {end:Int64})) AS Last
    FROM
    (
        ${slots}
        FROM
        (
            SELECT Labels, Since, Time, State.3 AS HasSum,
                if(IsDifference, State.1 - Earlier.2.1, State.1) AS Recorded,
                if(IsDifference, State.2 - Earlier.2.2, State.2) AS Summed
            FROM
            (
    ${intervals}
            )
            ${counted}
        )
    )
    GROUP BY Labels, Slot
)
WHERE isFinite(Value)
GROUP BY Labels
ORDER BY sum(abs(Value)) DESC, Labels
LIMIT {limit:UInt32}
