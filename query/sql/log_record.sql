-- One log record in full.
SELECT ${log_row}
FROM otel_logs
WHERE ProjectId = {project:String}
    AND toStartOfFiveMinutes(Timestamp) = {slot:UInt32}
    AND Timestamp = fromUnixTimestamp64Nano({time:Int64}, 'UTC')
    AND Hash = {hash:String}
LIMIT 1
