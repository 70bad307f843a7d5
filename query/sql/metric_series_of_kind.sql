SELECT anyLast(Attributes) AS Attributes, anyLast(ResourceAttributes) AS ResourceAttributes
    FROM otel_metrics_${kind}
    WHERE ProjectId = {project:String}
        AND MetricName = {name:String}
        AND TimeUnix BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
    GROUP BY SeriesId
