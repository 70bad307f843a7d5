-- Items in full of a slice of time, the oldest first; all ties of the last time are there, so the next slice begins after it.
SELECT
    ${columns}
FROM ${table}
WHERE ProjectId = {project:String}
    AND ${time} BETWEEN fromUnixTimestamp64Nano({first:Int64}, 'UTC') AND fromUnixTimestamp64Nano({last:Int64}, 'UTC')
ORDER BY ${time}
LIMIT {limit:UInt32} WITH TIES
