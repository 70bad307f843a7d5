-- Log records that match, by time and class of severity: 1 to 6 are TRACE to FATAL, 0 is none.
SELECT
    intDiv(toUnixTimestamp64Nano(Timestamp) - {start:Int64}, {bucket_nano:Int64}) AS Slot,
    ${severity_class} AS Class,
    count() AS Count
FROM (
${rows}
)
GROUP BY Slot, Class
ORDER BY Slot, Class
