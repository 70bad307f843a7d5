SELECT toValidUTF8(MetricName) AS Name, '${kind}' AS Kind, toValidUTF8(anyLast(MetricUnit)) AS Unit,
        toValidUTF8(anyLast(MetricDescription)) AS Description, ${temporality} AS Temporalities, ${monotonic} AS IsMonotonic,
        uniqExact(SeriesId) AS Series, count() AS Points, toUnixTimestamp64Nano(max(TimeUnix)) AS LastNano
    FROM otel_metrics_${kind}
    WHERE ProjectId = {project:String}
        AND TimeUnix BETWEEN fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND fromUnixTimestamp64Nano({end:Int64}, 'UTC')
        AND ${named}
    GROUP BY Name
