-- The traces of a list by when they began; one that began before the window counts in its first bucket.
SELECT
    intDiv(greatest(StartNano - {start:Int64}, 0), {bucket_nano:Int64}) AS Slot,
    count() AS Traces,
    countIf(Errors > 0) AS TracesWithErrors,
    quantilesTDigest(0.5, 0.95)(DurationNano) AS Quantiles,
    max(DurationNano) AS Longest
FROM
(
    ${found_traces}
)
GROUP BY Slot
ORDER BY Slot
