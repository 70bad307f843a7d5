-- Where a page of a search ends: read of times alone, so that the rest is read of the page alone.
SELECT count() AS Found, ${edge}(Timestamp) AS Edge
FROM
(
    SELECT Timestamp
    FROM (
${rows}
    )
    WHERE Timestamp ${reaches} fromUnixTimestamp64Nano({after:Int64}, 'UTC')
    ORDER BY Timestamp ${direction}
    LIMIT {last:UInt32}
)
