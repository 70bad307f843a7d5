-- Attribute keys and values for autocomplete, from a sample of each insert: good for what exists, not for how often.
CREATE TABLE IF NOT EXISTS attribute_values ${on_cluster}
(
    ProjectId    LowCardinality(String),
    Source       Enum8('span' = 1, 'resource' = 2),
    Key          LowCardinality(String),
    Type         Enum8(${AttributeTypeNames}),
    Value        String,
    Day          Date,
    SampledCount SimpleAggregateFunction(sum, UInt64) COMMENT 'spans of the sample that carried it'
)
ENGINE = ${replicated}AggregatingMergeTree
ORDER BY (ProjectId, Source, Key, Type, Value, Day)
TTL Day + INTERVAL 30 DAY
SETTINGS ${settings}
