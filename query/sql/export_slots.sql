-- How many items lie in each five minutes of the window.
SELECT intDiv(toUnixTimestamp64Nano(${time}), 300000000000) AS Slot, count() AS Items
FROM ${table}
WHERE ProjectId = {project:String}
    AND ${time} BETWEEN fromUnixTimestamp64Nano({first:Int64}, 'UTC') AND fromUnixTimestamp64Nano({last:Int64}, 'UTC')
GROUP BY Slot
ORDER BY Slot
