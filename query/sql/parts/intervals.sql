SELECT *,
        Start > 0 AND Start < Time AS HasStart,
        -- What it is compared with: the point before it that counts from the same start; where no start is told, the one before it.
        if(HasStart, lagInFrame(tuple(Time, State)) OVER of_start, lagInFrame(tuple(Time, State)) OVER of_series) AS Earlier,
        AggregationTemporality = 2 AND Earlier.1 > 0 AND ${continues} AS IsDifference,
        multiIf(
            AggregationTemporality != 2, if(HasStart, Start, Time),
            Earlier.1 > 0, Earlier.1,
            -- It counts from before what was read: where its count stood then is not known.
            HasStart AND Start >= {read_from:Int64}, Start,
            NULL) AS Since
    FROM
    (
        SELECT *, ${labels} AS Labels, ${state} AS State
        FROM
        (
${rows}
        )
        WHERE NOT IsEnd
        -- A point that was sent twice.
        LIMIT 1 BY SeriesId, AggregationTemporality, Start, Time
    )
    WINDOW
        of_start AS (PARTITION BY SeriesId, AggregationTemporality, Start ORDER BY Time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
        of_series AS (PARTITION BY SeriesId, AggregationTemporality ORDER BY Time, Start ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
