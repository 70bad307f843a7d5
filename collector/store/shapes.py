"""The pieces that several DDL files share, filled into their `${...}` placeholders.

A shape is written once: AnyValue occurs in three inbox tables and a dozen places of each.
"""

from __future__ import annotations

from . import gen_ai, usage

_TYPES = "'empty' = 0, 'string' = 1, 'bool' = 2, 'int' = 3, 'double' = 4, 'array' = 5, 'kvlist' = 6, 'bytes' = 7, 'any' = 8"

_SCALARS = "string_value String, bool_value Bool, int_value Int64, double_value Float64"

# What SQL maps: scalars, and arrays of strings. Each column here is paid for by every attribute of every span, used or
# not, so what is rare has none: an alternative without a column reads as `empty`, and the request is rewritten (rewrite.py).
_ANY_VALUE_COLUMNS = (
    f"{_SCALARS}, array_value Tuple(values Array(Tuple(string_value String, type Enum8({_TYPES}))))"
)

_ANY_VALUE = f"Tuple({_ANY_VALUE_COLUMNS}, rewritten UInt8, type Enum8({_TYPES}))"

# A log record may do without a body, so here `empty` has to mean just that.
_LOG_BODY = f"Tuple({_ANY_VALUE_COLUMNS}, kvlist_value Tuple(present Bool), bytes_value String, rewritten UInt8, type Enum8({_TYPES}))"

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

_HISTOGRAM = (
    f"Tuple(data_points Array(Tuple(attributes {_KEY_VALUES}, start_time_unix_nano UInt64, time_unix_nano UInt64, "
    "count UInt64, sum Nullable(Float64), bucket_counts Array(UInt64), explicit_bounds Array(Float64), "
    f"exemplars {_EXEMPLARS}, flags UInt32, min Nullable(Float64), max Nullable(Float64))), aggregation_temporality Int32)"
)

_EXPONENTIAL_HISTOGRAM = (
    f"Tuple(data_points Array(Tuple(attributes {_KEY_VALUES}, start_time_unix_nano UInt64, time_unix_nano UInt64, "
    "count UInt64, sum Nullable(Float64), scale Int32, zero_count UInt64, "
    "positive Tuple(offset Int32, bucket_counts Array(UInt64)), negative Tuple(offset Int32, bucket_counts Array(UInt64)), "
    f"flags UInt32, exemplars {_EXEMPLARS}, min Nullable(Float64), max Nullable(Float64), zero_threshold Float64)), "
    "aggregation_temporality Int32)"
)

_SUMMARY = (
    f"Tuple(data_points Array(Tuple(attributes {_KEY_VALUES}, start_time_unix_nano UInt64, time_unix_nano UInt64, "
    "count UInt64, sum Float64, quantile_values Array(Tuple(quantile Float64, value Float64)), flags UInt32)))"
)

_METRIC_KINDS = ("gauge", "sum", "histogram", "exponential_histogram", "summary")

# The data of a metric, one alternative filled.
_METRIC_DATA = f"""gauge Tuple(data_points {_NUMBER_DATA_POINTS}),
    sum Tuple(data_points {_NUMBER_DATA_POINTS}, aggregation_temporality Int32, is_monotonic Bool),
    histogram {_HISTOGRAM},
    exponential_histogram {_EXPONENTIAL_HISTOGRAM},
    summary {_SUMMARY}"""

_STAMP = """project String,
    request_id String,
    received_unix_nano UInt64,
    sender String,
    api String,
    batch_id String,
    rejected_projects Array(String),
    rejected_reasons Array(String),
    rejected_counts Array(UInt64)"""

_MAP = "Map(LowCardinality(String), String)"
_WORD = "LowCardinality(String)"

_RESOURCE_AND_SCOPE = f"""ResourceAttributeTypes {_ATTRIBUTE_TYPES},
    ResourceDroppedAttrCount UInt32,
    ResourceSchemaUrl   {_WORD},
    ScopeAttributes     {_MAP},
    ScopeAttributeTypes {_ATTRIBUTE_TYPES},
    ScopeDroppedAttrCount UInt32,
    ScopeSchemaUrl      {_WORD}"""

_RESOURCE_COLUMNS = "ProjectId, ReceivedAt, ResourceAttributes, ResourceAttributeTypes, ResourceDroppedAttrCount, ResourceSchemaUrl"

_RESOURCE_OF = """spanhouse_project(project, rs.resource.attributes.key, rs.resource.attributes.value.string_value) AS ProjectId,
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

_LEDGER_REQUEST = (
    "received_unix_nano, batch_id, request_id, api, sender, needs_rewrite, "
    "rejected_projects, rejected_reasons, rejected_counts"
)

# A row of the ledger for each request and project.
_LEDGER = """SELECT
    spanhouse_time(received_unix_nano) AS ReceivedAt, batch_id AS BatchId, lower(hex(request_id)) AS RequestId, ProjectId,
    '{signal}' AS Signal, api AS Api, sender AS Sender,
    Stored + Rejected AS Received,
    if(needs_rewrite, 0, sum(item_count)) AS Stored,
    arraySum(mapValues(Reasons)) AS Rejected,
    0 AS Deduplicated,
    0 AS RejectedRequests,
    mapFromArrays(
        arrayFilter((reason, p) -> p = ProjectId, rejected_reasons, rejected_projects),
        arrayFilter((count, p) -> p = ProjectId, rejected_counts, rejected_projects)) AS Reasons,
    needs_rewrite AS NeedsRewrite
FROM
(
    SELECT {request},
        tupleElement(counted, 1) AS ProjectId, tupleElement(counted, 2) AS item_count
    FROM
    (
        SELECT {request},
            arrayMap((keys, texts, {names}) -> (spanhouse_project(project, keys, texts), {count}),
                request.{resources}.resource.attributes.key, request.{resources}.resource.attributes.value.string_value,
                {items}) AS resources,
            -- A request that carries no resource has a row as well: its sender gets an answer.
            arrayJoin(if(empty(resources), [('default', toUInt64(0))], resources)) AS counted
        FROM inbox_{signal}
    )
)
GROUP BY {request}, ProjectId"""

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
    ScopeDroppedAttrCount UInt32,
    ScopeSchemaUrl {_WORD},
    ServiceName {_WORD},
    MetricName {_WORD},
    MetricDescription {_WORD},
    MetricUnit {_WORD},
    Attributes {_MAP},
    StartTimeUnix DateTime64(9, 'UTC') COMMENT '1970-01-01 where it is not set' CODEC(Delta(8), Default),
    TimeUnix DateTime64(9, 'UTC') CODEC(Delta(8), Default)"""

_METRIC_EXTRA_COLUMNS = f"""ProjectId {_WORD},
    ReceivedAt DateTime64(9, 'UTC'),
    AttributeTypes {_ATTRIBUTE_TYPES},
    ResourceAttributeTypes {_ATTRIBUTE_TYPES},
    ResourceDroppedAttrCount UInt32,
    ScopeAttributeTypes {_ATTRIBUTE_TYPES},
    MetricMetadata {_MAP},
    MetricMetadataTypes {_ATTRIBUTE_TYPES},
    SeriesId UInt64 COMMENT 'of resource, scope and attributes, in any order: points of one metric with one id are a time series'"""

_METRIC_VALUES = f"""{_RESOURCE_COLUMNS},
    {_SCOPE_COLUMNS},
    ResourceAttributes['service.name'] AS ServiceName,
    MetricName, MetricDescription, MetricUnit, MetricMetadata, MetricMetadataTypes,
    spanhouse_attributes(p.attributes) AS Attributes,
    spanhouse_types(p.attributes.value) AS AttributeTypes,
    spanhouse_time(p.start_time_unix_nano) AS StartTimeUnix,
    spanhouse_time(p.time_unix_nano) AS TimeUnix,
    cityHash64(mapSort(ResourceAttributes), ScopeName, ScopeVersion, mapSort(ScopeAttributes), mapSort(Attributes)) AS SeriesId"""

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
    )"""

_EXEMPLAR_VALUES = """arrayMap(a -> spanhouse_attributes(a), p.exemplars.filtered_attributes) AS `Exemplars.FilteredAttributes`,
    arrayMap(t -> spanhouse_time(t), p.exemplars.time_unix_nano) AS `Exemplars.TimeUnix`,
    arrayMap((v, d, i) -> if(v = 'as_int', toFloat64(i), d), p.exemplars.value, p.exemplars.as_double, p.exemplars.as_int) AS `Exemplars.Value`,
    arrayMap(i -> lower(hex(i)), p.exemplars.span_id) AS `Exemplars.SpanId`,
    arrayMap(i -> lower(hex(i)), p.exemplars.trace_id) AS `Exemplars.TraceId`,
    arrayMap(a -> spanhouse_types(a.value), p.exemplars.filtered_attributes) AS `Exemplars.FilteredAttributeTypes`,
    p.exemplars.as_int AS `Exemplars.ValueInt`,
    arrayMap(v -> CAST(v, 'Int8'), p.exemplars.value) AS `Exemplars.ValueType`"""


def _ledger(signal: str, resources: str, items: list[str]) -> str:
    """`items`: a field of every item of a resource, for each place where the resource has items."""
    names = [f"items{number}" for number in range(len(items))]
    return _LEDGER.format(
        signal=signal,
        request=_LEDGER_REQUEST,
        resources=resources,
        names=", ".join(names),
        count=" + ".join(f"length(arrayFlatten({name}))" for name in names),
        items=", ".join(f"request.{resources}.{field}" for field in items),
    )


def _quoted(text: str) -> str:
    """For a type name that stands inside a string literal."""
    return text.replace("'", "\\'")


SHAPES: dict[str, str] = {
    "SessionId": gen_ai.first_of(gen_ai.SESSIONS),
    "UserId": gen_ai.first_of(gen_ai.USERS),
    "InputTokens": gen_ai.INPUT_TOKENS,
    "OutputTokens": gen_ai.OUTPUT_TOKENS,
    "ReportedCost": gen_ai.REPORTED_COST,
    "TimeToFirstChunk": gen_ai.TIME_TO_FIRST_CHUNK,
    "GenAiLeaves": usage.LEAVES_LIST,
    "PriceRule": usage.RULE,
    "GenAiUsage": usage.USAGE,
    "GenAiFound": gen_ai.FOUND,
    "GenAiEphemeral": gen_ai.EPHEMERAL,
    **gen_ai.COLUMNS,
    "LogBody": _LOG_BODY,
    "KeyValues": _KEY_VALUES,
    "AttributeTypeNames": _TYPES,
    "AttributeTypes": _ATTRIBUTE_TYPES,
    "AttributeTypesQuoted": _quoted(_ATTRIBUTE_TYPES),
    "MetricData": _METRIC_DATA,
    "Stamp": _STAMP,
    "ResourceAndScope": _RESOURCE_AND_SCOPE,
    "ResourceAndScopeColumns": (
        "ResourceAttributeTypes, ResourceDroppedAttrCount, ResourceSchemaUrl, "
        "ScopeAttributes, ScopeAttributeTypes, ScopeDroppedAttrCount, ScopeSchemaUrl"
    ),
    "ResourceColumns": _RESOURCE_COLUMNS,
    "ResourceOf": _RESOURCE_OF,
    "ScopeColumns": _SCOPE_COLUMNS,
    "ScopeOf": _SCOPE_OF,
    "LedgerOfTraces": _ledger("traces", "resource_spans", ["scope_spans.spans.flags"]),
    "LedgerOfLogs": _ledger("logs", "resource_logs", ["scope_logs.log_records.flags"]),
    "LedgerOfMetrics": _ledger(
        "metrics",
        "resource_metrics",
        [f"scope_metrics.metrics.{kind}.data_points.flags" for kind in _METRIC_KINDS],
    ),
    "PartitionWeek": _PARTITION_WEEK.format(time="Timestamp"),
    "MetricPartitionWeek": _PARTITION_WEEK.format(time="TimeUnix"),
    "MetricColumns": _METRIC_COLUMNS,
    "MetricExtraColumns": _METRIC_EXTRA_COLUMNS,
    "MetricValues": _METRIC_VALUES,
    "ExemplarColumns": _EXEMPLAR_COLUMNS,
    "ExemplarValues": _EXEMPLAR_VALUES,
}
"""Placeholder name -> SQL text."""
