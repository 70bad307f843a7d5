-- Services that sent spans in the hours of the window.
SELECT
    toValidUTF8(ServiceName) AS Service,
    sum(SpanCount) AS Spans,
    sum(ErrorCount) AS Errors,
    toUnixTimestamp64Nano(max(LastSeen)) AS LastNano
FROM span_operations
WHERE ProjectId = {project:String}
    AND Hour BETWEEN {first_hour:UInt32} AND {last_hour:UInt32}
GROUP BY Service
ORDER BY Service
