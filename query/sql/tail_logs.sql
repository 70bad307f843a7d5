-- Log records that match and have arrived since, the last to arrive first.
SELECT *, count() OVER () AS Total
FROM
(
    SELECT ${log_row}
    FROM (
${rows}
    )
    WHERE ReceivedAt >= fromUnixTimestamp64Nano({since:Int64}, 'UTC')
)
ORDER BY ReceivedAt DESC, Timestamp DESC, Hash
LIMIT {limit:UInt32}
