ProjectId = {project:String}
    AND MetricName = {name:String}
    AND TimeUnix BETWEEN fromUnixTimestamp64Nano({read_from:Int64}, 'UTC') AND fromUnixTimestamp64Nano({read_to:Int64}, 'UTC')
