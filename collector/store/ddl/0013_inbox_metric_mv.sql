-- What the points of a metric share, once for the five kinds.
CREATE MATERIALIZED VIEW IF NOT EXISTS inbox_metric_mv ${on_cluster} TO inbox_metric AS
SELECT ${ResourceColumns}, ${ScopeColumns},
    m.name AS MetricName, m.description AS MetricDescription, m.unit AS MetricUnit,
    spanhouse_attributes(m.metadata) AS MetricMetadata, spanhouse_types(m.metadata.value) AS MetricMetadataTypes,
    m.gauge AS gauge, m.sum AS sum, m.histogram AS histogram, m.exponential_histogram AS exponential_histogram, m.summary AS summary
FROM
(
    SELECT ${ResourceColumns}, ${ScopeOf}, untuple(arrayJoin(ss.metrics)) AS m
    FROM
    (
        SELECT ${ResourceOf}, untuple(arrayJoin(rs.scope_metrics)) AS ss
        FROM (SELECT project, received_unix_nano, untuple(arrayJoin(tupleElement(request, 'resource_metrics'))) AS rs FROM inbox_metrics WHERE NOT needs_rewrite)
    )
)
