-- Where such a page ends: read without bodies, so that they are read of the page alone.
SELECT Timestamp
FROM (
${rows}
)
WHERE Timestamp ${reaches} fromUnixTimestamp64Nano({after:Int64}, 'UTC')
ORDER BY Timestamp ${direction}
LIMIT {last:UInt32}, 1
