"""The pieces that several DDL files share, filled into their `${...}` placeholders.

A shape is written once: AnyValue occurs in three inbox tables and a dozen places of each.
"""

from __future__ import annotations

_TYPES = "'empty' = 0, 'string' = 1, 'bool' = 2, 'int' = 3, 'double' = 4, 'array' = 5, 'kvlist' = 6, 'bytes' = 7, 'any' = 8"

_SCALARS = "string_value String, bool_value Bool, int_value Int64, double_value Float64"

_PROTO_ONEOF = (
    "'no_value' = 0, 'string_value' = 1, 'bool_value' = 2, 'int_value' = 3, 'double_value' = 4, "
    "'array_value' = 5, 'kvlist_value' = 6, 'bytes_value' = 7"
)

# The reader marks an alternative of a oneof only where a column takes it: so the bytes of lists have one as well, though
# nothing reads them.
_ARRAY_ITEM = (
    f"Tuple({_SCALARS}, array_value String, kvlist_value String, bytes_value String, "
    f"value Enum8({_PROTO_ONEOF}))"
)

_ANY_VALUE = (
    f"Tuple({_SCALARS}, array_value Tuple(values Array({_ARRAY_ITEM})), "
    "kvlist_value String, bytes_value String, "
    "array_json String, kvlist_json String, any_json String, "
    f"value Enum8({_PROTO_ONEOF}, 'array_json' = 101, 'kvlist_json' = 102, 'any_json' = 104))"
)

_KEY_VALUES = f"Array(Tuple(key String, value {_ANY_VALUE}))"

_ATTRIBUTE_TYPES = f"Array(Enum8({_TYPES}))"

_NUMBER = (
    "as_double Float64, as_int Int64, value Enum8('none' = 0, 'as_double' = {double}, 'as_int' = 6)"
)

_EXEMPLARS = (
    f"Array(Tuple(filtered_attributes {_KEY_VALUES}, time_unix_nano UInt64, {_NUMBER.format(double=3)}, "
    "span_id String, trace_id String))"
)

_NUMBER_DATA_POINTS = (
    f"Array(Tuple(attributes {_KEY_VALUES}, start_time_unix_nano UInt64, time_unix_nano UInt64, "
    f"{_NUMBER.format(double=4)}, exemplars {_EXEMPLARS}, flags UInt32))"
)

_STAMP = "project String, request_id String, received_unix_nano UInt64, sender String, api String, batch_id String"

_MAP = "Map(LowCardinality(String), String) CODEC(ZSTD(1))"
_WORD = "LowCardinality(String) CODEC(ZSTD(1))"

_RESOURCE_AND_SCOPE = f"""ResourceAttributeTypes {_ATTRIBUTE_TYPES} CODEC(ZSTD(3)),
    ResourceDroppedAttrCount UInt32 CODEC(ZSTD(1)),
    ResourceSchemaUrl   {_WORD},
    ScopeAttributes     {_MAP},
    ScopeAttributeTypes {_ATTRIBUTE_TYPES} CODEC(ZSTD(1)),
    ScopeDroppedAttrCount UInt32 CODEC(ZSTD(1)),
    ScopeSchemaUrl      {_WORD}"""

_PROJECT_OF = (
    "multiIf(project != '', project, "
    "arrayFirst(a -> a.key = 'spanhouse.project', rs.resource.attributes).value.string_value != '', "
    "arrayFirst(a -> a.key = 'spanhouse.project', rs.resource.attributes).value.string_value, 'default') AS ProjectId"
)

_RESOURCE_COLUMNS = "ProjectId, ReceivedAt, ResourceAttributes, ResourceAttributeTypes, ResourceDroppedAttrCount, ResourceSchemaUrl"

_RESOURCE_OF = f"""{_PROJECT_OF},
            spanhouse_time(received_unix_nano) AS ReceivedAt,
            spanhouse_attributes(rs.resource.attributes) AS ResourceAttributes,
            spanhouse_types(rs.resource.attributes.value) AS ResourceAttributeTypes,
            rs.resource.dropped_attributes_count AS ResourceDroppedAttrCount,
            rs.schema_url AS ResourceSchemaUrl"""

_SCOPE_COLUMNS = "ScopeName, ScopeVersion, ScopeAttributes, ScopeAttributeTypes, ScopeDroppedAttrCount, ScopeSchemaUrl"

_SCOPE_OF = """ss.scope.name AS ScopeName,
        ss.scope.version AS ScopeVersion,
        spanhouse_attributes(ss.scope.attributes) AS ScopeAttributes,
        spanhouse_types(ss.scope.attributes.value) AS ScopeAttributeTypes,
        ss.scope.dropped_attributes_count AS ScopeDroppedAttrCount,
        ss.schema_url AS ScopeSchemaUrl"""

# A row of the ledger, from the errors of a request's items in a project ('' for an item without one).
_LEDGER_ROW = """if(NeedsRewrite, 0, length(errors)) AS Received,
    if(NeedsRewrite, 0, countEqual(errors, '')) AS Stored,
    Received - Stored AS Rejected,
    0 AS Deduplicated,
    0 AS RejectedRequests,
    CAST((reasons, arrayMap(e -> countEqual(errors, e), reasons)), 'Map(LowCardinality(String), UInt64)') AS Reasons,
    NeedsRewrite"""

_LEDGER_REQUEST = """spanhouse_time(received_unix_nano) AS ReceivedAt, batch_id AS BatchId, lower(hex(request_id)) AS RequestId,
        api AS Api, sender AS Sender, needs_rewrite AS NeedsRewrite, ProjectId,
        groupArrayArray(item_errors) AS errors,
        arrayFilter(e -> e != '' AND NOT NeedsRewrite, arrayDistinct(errors)) AS reasons"""

_LEDGER_KEY = "received_unix_nano, batch_id, request_id, api, sender, needs_rewrite"

# A time outside this window would make a partition of its own (1970, 2299): it goes to the week it arrived in.
_PARTITION_WEEK = (
    "toMonday(if({time} BETWEEN ReceivedAt - INTERVAL 366 DAY AND ReceivedAt + INTERVAL 1 DAY, "
    "toDate({time}), toDate(ReceivedAt)))"
)

_METRIC_COLUMNS = f"""ResourceAttributes {_MAP},
    ResourceSchemaUrl {_WORD},
    ScopeName {_WORD},
    ScopeVersion {_WORD},
    ScopeAttributes {_MAP},
    ScopeDroppedAttrCount UInt32 CODEC(ZSTD(1)),
    ScopeSchemaUrl {_WORD},
    ServiceName {_WORD},
    MetricName {_WORD},
    MetricDescription {_WORD},
    MetricUnit {_WORD},
    Attributes {_MAP},
    StartTimeUnix DateTime64(9, 'UTC') COMMENT '1970-01-01 where it is not set' CODEC(Delta(8), ZSTD(1)),
    TimeUnix DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1))"""

_METRIC_EXTRA_COLUMNS = f"""ProjectId {_WORD},
    ReceivedAt DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    AttributeTypes {_ATTRIBUTE_TYPES} CODEC(ZSTD(1)),
    ResourceAttributeTypes {_ATTRIBUTE_TYPES} CODEC(ZSTD(1)),
    ResourceDroppedAttrCount UInt32 CODEC(ZSTD(1)),
    ScopeAttributeTypes {_ATTRIBUTE_TYPES} CODEC(ZSTD(1)),
    MetricMetadata {_MAP},
    MetricMetadataTypes {_ATTRIBUTE_TYPES} CODEC(ZSTD(1))"""

_METRIC_OF = (
    "m.name AS MetricName, m.description AS MetricDescription, m.unit AS MetricUnit, "
    "spanhouse_attributes(m.metadata) AS MetricMetadata, spanhouse_types(m.metadata.value) AS MetricMetadataTypes"
)

_METRIC_VALUES = f"""{_RESOURCE_COLUMNS},
    {_SCOPE_COLUMNS},
    ResourceAttributes['service.name'] AS ServiceName,
    MetricName, MetricDescription, MetricUnit, MetricMetadata, MetricMetadataTypes,
    spanhouse_attributes(p.attributes) AS Attributes,
    spanhouse_types(p.attributes.value) AS AttributeTypes,
    spanhouse_time(p.start_time_unix_nano) AS StartTimeUnix,
    spanhouse_time(p.time_unix_nano) AS TimeUnix"""

_EXEMPLAR_COLUMNS = f"""Exemplars Nested
    (
        FilteredAttributes Map(LowCardinality(String), String),
        TimeUnix DateTime64(9, 'UTC'),
        Value Float64,
        SpanId String,
        TraceId String,
        FilteredAttributeTypes {_ATTRIBUTE_TYPES},
        ValueInt Int64,
        ValueType Enum8('none' = 0, 'double' = 3, 'int' = 6)
    ) CODEC(ZSTD(1))"""

_EXEMPLAR_VALUES = """arrayMap(a -> spanhouse_attributes(a), p.exemplars.filtered_attributes) AS `Exemplars.FilteredAttributes`,
    arrayMap(t -> spanhouse_time(t), p.exemplars.time_unix_nano) AS `Exemplars.TimeUnix`,
    arrayMap((v, d, i) -> if(v = 'as_int', toFloat64(i), d), p.exemplars.value, p.exemplars.as_double, p.exemplars.as_int) AS `Exemplars.Value`,
    arrayMap(i -> lower(hex(i)), p.exemplars.span_id) AS `Exemplars.SpanId`,
    arrayMap(i -> lower(hex(i)), p.exemplars.trace_id) AS `Exemplars.TraceId`,
    arrayMap(a -> spanhouse_types(a.value), p.exemplars.filtered_attributes) AS `Exemplars.FilteredAttributeTypes`,
    p.exemplars.as_int AS `Exemplars.ValueInt`,
    arrayMap(v -> CAST(v, 'Int8'), p.exemplars.value) AS `Exemplars.ValueType`"""


def _quoted(text: str) -> str:
    """For a type name that stands inside a string literal."""
    return text.replace("'", "\\'")


SHAPES: dict[str, str] = {
    "AnyValue": _ANY_VALUE,
    "KeyValues": _KEY_VALUES,
    "AttributeTypeNames": _TYPES,
    "AttributeTypes": _ATTRIBUTE_TYPES,
    "AttributeTypesQuoted": _quoted(_ATTRIBUTE_TYPES),
    "NumberDataPoints": _NUMBER_DATA_POINTS,
    "Exemplars": _EXEMPLARS,
    "Stamp": _STAMP,
    "ProjectOf": _PROJECT_OF,
    "ResourceAndScope": _RESOURCE_AND_SCOPE,
    "ResourceAndScopeColumns": (
        "ResourceAttributeTypes, ResourceDroppedAttrCount, ResourceSchemaUrl, "
        "ScopeAttributes, ScopeAttributeTypes, ScopeDroppedAttrCount, ScopeSchemaUrl"
    ),
    "ResourceColumns": _RESOURCE_COLUMNS,
    "ResourceOf": _RESOURCE_OF,
    "ScopeColumns": _SCOPE_COLUMNS,
    "ScopeOf": _SCOPE_OF,
    "LedgerRow": _LEDGER_ROW,
    "LedgerRequest": _LEDGER_REQUEST,
    "LedgerKey": _LEDGER_KEY,
    "PartitionWeek": _PARTITION_WEEK.format(time="Timestamp"),
    "MetricPartitionWeek": _PARTITION_WEEK.format(time="TimeUnix"),
    "MetricColumns": _METRIC_COLUMNS,
    "MetricExtraColumns": _METRIC_EXTRA_COLUMNS,
    "MetricOf": _METRIC_OF,
    "MetricValues": _METRIC_VALUES,
    "ExemplarColumns": _EXEMPLAR_COLUMNS,
    "ExemplarValues": _EXEMPLAR_VALUES,
}
"""Placeholder name -> SQL text."""
