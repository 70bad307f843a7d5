SELECT *, share.1 AS Slot, share.2 AS OwnShare, share.3 AS FollowingShare
                FROM
                (
                    SELECT * FROM
                    (
${rows}
                    )
                    LIMIT 1 BY SeriesId, AggregationTemporality, Start, Time
                ) AS point
                INNER JOIN
                (
        ${weights}
                ) AS weight USING (SeriesId, AggregationTemporality, Start, Time)
                ARRAY JOIN Shares AS share
