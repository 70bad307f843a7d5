SELECT *,
        -- What it is compared with: the point before it that counts from the same start.
        lagInFrame(tuple(Time, State)) OVER stream AS Earlier,
        leadInFrame(tuple(Time, State)) OVER stream AS Later,
        AggregationTemporality = 2 AND Earlier.1 > 0 AND ${continues} AS IsDifference,
        Start > 0 AND Start < Time AS HasStart,
        multiIf(
            AggregationTemporality != 2, if(HasStart, Start, Time),
            Earlier.1 > 0, Earlier.1,
            -- It counts from before what was read: where its count stood then is not known.
            HasStart AND Start >= {read_from:Int64}, Start,
            NULL) AS Since
    FROM
    (
        SELECT SeriesId, AggregationTemporality, Start, Time, ${labels} AS Labels, ${state} AS State
        FROM
        (
${rows}
        )
        WHERE NOT IsEnd
        -- A point that was sent twice.
        LIMIT 1 BY SeriesId, AggregationTemporality, Start, Time
    )
    WINDOW stream AS (
        PARTITION BY SeriesId, AggregationTemporality, Start ORDER BY Time ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)
