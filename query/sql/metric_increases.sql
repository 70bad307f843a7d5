-- What a sum went up by, slot by slot, of the groups with the most. Between two points nobody knows when: the increase is
-- spread evenly over the time between them.
SELECT
    ${top_series}
FROM
(
    SELECT Labels, Slot, sum(Increase * Share) AS Value, min(greatest(Since, {start:Int64})) AS First, max(least(Time, {end:Int64})) AS Last
    FROM
    (
        ${slots}
        FROM
        (
            SELECT Labels, Since, Time, if(IsDifference, State - Earlier.2, State) AS Increase
            FROM
            (
    ${intervals}
            )
            ${counted}
        )
    )
    GROUP BY Labels, Slot
)
GROUP BY Labels
ORDER BY sum(abs(Value)) DESC, Labels
LIMIT {limit:UInt32}
