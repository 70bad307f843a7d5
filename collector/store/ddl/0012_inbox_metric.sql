-- One row per metric, on its way from inbox_metrics to the table of its kind. Stores nothing.
CREATE TABLE IF NOT EXISTS inbox_metric ${on_cluster}
(
    ProjectId String,
    ReceivedAt DateTime64(9, 'UTC'),
    ResourceAttributes Map(LowCardinality(String), String),
    ResourceAttributeTypes ${AttributeTypes},
    ResourceDroppedAttrCount UInt32,
    ResourceSchemaUrl String,
    ScopeName String,
    ScopeVersion String,
    ScopeAttributes Map(LowCardinality(String), String),
    ScopeAttributeTypes ${AttributeTypes},
    ScopeDroppedAttrCount UInt32,
    ScopeSchemaUrl String,
    MetricName String,
    MetricDescription String,
    MetricUnit String,
    MetricMetadata Map(LowCardinality(String), String),
    MetricMetadataTypes ${AttributeTypes},
    ${MetricData}
)
ENGINE = Null
