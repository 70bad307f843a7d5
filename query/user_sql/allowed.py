"""What a user's SQL may name: tables, functions, settings, formats, and the kinds of syntax.

All of it is an allow list: what a later ClickHouse adds is refused until someone has read what it does.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from spanhouse.collector.store import DATABASE

# Each has a column ProjectId, by which it is filtered (a test reads their definitions).
TABLES = (
    "otel_traces",
    "otel_logs",
    "otel_metrics_gauge",
    "otel_metrics_sum",
    "otel_metrics_histogram",
    "otel_metrics_exponential_histogram",
    "otel_metrics_summary",
    "trace_summaries",
    "otel_traces_trace_id_ts",
    "span_operations",
    "attribute_values",
    "ingest_ledger",
    "annotations",
    "gen_ai_usage",
    "gen_ai_prices",
)

BEHIND_VIEWS = ("state_events",)
"""What views among the TABLES read: not to be named, and filtered all the same."""

# Clients ask for `default` where their user named no database.
DATABASES = frozenset({DATABASE, "default"})

SYSTEM_VIEWS = {
    "databases": "system_databases",
    "tables": "system_tables",
    "columns": "system_columns",
    "settings": "system_settings",
}
"""Tables of `system` that clients read when they connect, and our views that show what a project may see."""

SYSTEM_TABLES = frozenset(
    {"aggregate_function_combinators", "collations", "data_type_families", "formats", "functions"}
    | {"keywords", "numbers", "numbers_mt", "one", "table_engines", "table_functions", "time_zones"}
    | {"zeros", "zeros_mt"}
)
"""Tables of `system` that hold ClickHouse's documentation or nothing at all; read as they are."""

TABLE_FUNCTIONS = frozenset(
    {"generate_series", "generateseries", "numbers", "numbers_mt", "sqlstandardvalues", "values"}
)

# Longest first: MergeState is both Merge and State.
_COMBINATORS = (
    "simplestate",
    "ordefault",
    "distinct",
    "resample",
    "foreach",
    "argmax",
    "argmin",
    "ornull",
    "array",
    "merge",
    "state",
    "tuple",
    "null",
    "map",
    "if",
)

IN_FUNCTIONS = frozenset(
    prefix + name for prefix in ("", "global") for name in ("in", "notin", "nullin", "notnullin")
)
"""Their second argument may be a table's name."""

TYPE_FUNCTIONS = frozenset(
    {
        "_cast",
        "accuratecast",
        "accuratecastordefault",
        "accuratecastornull",
        "cast",
        "dynamicelement",
        "reinterpret",
    }
)
"""Their second argument names a type."""

FORMATS = frozenset(
    [
        "Arrow",
        "ArrowStream",
        "Avro",
        "BSONEachRow",
        "CSV",
        "CSVWithNames",
        "CSVWithNamesAndTypes",
        "JSON",
        "JSONColumns",
        "JSONColumnsWithMetadata",
        "JSONCompact",
        "JSONCompactColumns",
        "JSONCompactEachRow",
        "JSONCompactEachRowWithNames",
        "JSONCompactEachRowWithNamesAndTypes",
        "JSONCompactEachRowWithProgress",
        "JSONCompactStrings",
        "JSONCompactStringsEachRow",
        "JSONCompactStringsEachRowWithNames",
        "JSONCompactStringsEachRowWithNamesAndTypes",
        "JSONCompactStringsEachRowWithProgress",
        "JSONEachRow",
        "JSONEachRowWithProgress",
        "JSONL",
        "JSONLines",
        "JSONObjectEachRow",
        "JSONStrings",
        "JSONStringsEachRow",
        "JSONStringsEachRowWithProgress",
        "LineAsString",
        "Markdown",
        "MD",
        "MsgPack",
        "Native",
        "NDJSON",
        "Null",
        "ORC",
        "Parquet",
        "Pretty",
        "PrettyCompact",
        "PrettyCompactMonoBlock",
        "PrettyCompactNoEscapes",
        "PrettyJSONEachRow",
        "PrettyMonoBlock",
        "PrettyNoEscapes",
        "PrettySpace",
        "RawBLOB",
        "RowBinary",
        "RowBinaryWithNames",
        "RowBinaryWithNamesAndTypes",
        "TabSeparated",
        "TabSeparatedRaw",
        "TabSeparatedRawWithNames",
        "TabSeparatedRawWithNamesAndTypes",
        "TabSeparatedWithNames",
        "TabSeparatedWithNamesAndTypes",
        "TSKV",
        "TSV",
        "TSVRaw",
        "TSVRawWithNames",
        "TSVRawWithNamesAndTypes",
        "TSVWithNames",
        "TSVWithNamesAndTypes",
        "Values",
        "Vertical",
        "XML",
    ]
)
"""None reads a schema or template file of the server, and none is another protocol's."""

LIMIT_SETTINGS = frozenset(
    {"max_bytes_to_read", "max_execution_time", "max_memory_usage", "max_result_bytes"}
    | {"max_result_rows", "max_rows_to_read"}
)
"""May be lowered below this server's, never raised."""

SETTINGS = LIMIT_SETTINGS | frozenset(
    [
        "aggregate_functions_null_for_empty",
        "any_join_distinct_right_table_keys",
        "cast_keep_nullable",
        "cast_string_to_dynamic_use_inference",
        "count_distinct_implementation",
        "date_time_input_format",
        "date_time_output_format",
        "distinct_overflow_mode",
        "empty_result_for_aggregation_by_empty_set",
        "except_default_mode",
        "extremes",
        "final",
        "format_csv_delimiter",
        "format_csv_null_representation",
        "format_tsv_null_representation",
        "group_by_use_nulls",
        "intersect_default_mode",
        "join_algorithm",
        "join_default_strictness",
        "join_use_nulls",
        "limit",
        "max_block_size",
        "max_threads",
        "offset",
        "output_format_arrow_compression_method",
        "output_format_arrow_fixed_string_as_fixed_byte_array",
        "output_format_arrow_low_cardinality_as_dictionary",
        "output_format_arrow_string_as_string",
        "output_format_binary_encode_types_in_binary_format",
        "output_format_binary_write_json_as_string",
        "output_format_csv_crlf_end_of_line",
        "output_format_decimal_trailing_zeros",
        "output_format_float_precision",
        "output_format_json_array_of_rows",
        "output_format_json_escape_forward_slashes",
        "output_format_json_map_as_array_of_tuples",
        "output_format_json_named_tuples_as_objects",
        "output_format_json_quote_64bit_floats",
        "output_format_json_quote_64bit_integers",
        "output_format_json_quote_decimals",
        "output_format_json_quote_denormals",
        "output_format_json_validate_utf8",
        "output_format_native_encode_types_in_binary_format",
        "output_format_native_use_flattened_dynamic_and_json_serialization",
        "output_format_native_write_json_as_string",
        "output_format_parquet_compression_method",
        "output_format_parquet_row_group_size",
        "output_format_parquet_string_as_string",
        "output_format_pretty_color",
        "output_format_pretty_max_rows",
        "output_format_pretty_max_value_width",
        "output_format_pretty_row_numbers",
        "output_format_tsv_crlf_end_of_line",
        "output_format_write_statistics",
        "prefer_column_name_to_alias",
        "read_overflow_mode",
        "result_overflow_mode",
        "session_timezone",
        "short_circuit_function_evaluation",
        "timeout_overflow_mode",
        "totals_mode",
        "transform_null_in",
        "union_default_mode",
    ]
)
"""What a user may set: how an answer is computed and written, nothing of what it may read."""

EXPLAIN_SETTINGS = frozenset(
    {"actions", "compact", "description", "dump_ast", "dump_passes", "dump_tree", "graph", "header"}
    | {"oneline", "passes", "query_tree_passes", "run_passes", "run_query_tree_passes"}
)
EXPLAIN_KINDS = frozenset({"EXPLAIN", "EXPLAIN SYNTAX", "EXPLAIN QUERY TREE", "EXPLAIN PIPELINE"})

_OUTFILE = frozenset({"is_into_outfile_with_stdout", "is_outfile_append", "is_outfile_truncate"})

SYNTAX: dict[str, frozenset[str]] = {
    kind: frozenset(fields.split()) | {"type"}
    for kind, fields in {
        "ArrayJoin": "expression_list kind",
        "Asterisk": "expression transformers",
        "ColumnsApplyTransformer": "column_name_prefix func_name lambda lambda_arg parameters",
        "ColumnsExceptTransformer": "children is_strict pattern",
        "ColumnsListMatcher": "column_list expression transformers",
        "ColumnsRegexpMatcher": "expression pattern transformers",
        "ColumnsReplaceTransformer": "children is_strict",
        "ColumnsReplaceTransformerReplacement": "children name",
        "ColumnsTransformerList": "children",
        "ExplainQuery": "kind query settings",
        "ExpressionList": "children",
        "Function": "alias arguments compute_after_window_functions is_lambda_function is_operator is_window_function "
        "kind name nulls_action parameters window_definition window_name",
        "Identifier": "alias name name_parts",
        "InterpolateElement": "column expr",
        "Literal": "alias custom_type value",
        "OrderByElement": "collation direction expression fill_from fill_staleness fill_step fill_to nulls_direction "
        "nulls_direction_was_explicitly_specified with_fill",
        "QualifiedAsterisk": "qualifier transformers",
        "QualifiedColumnsListMatcher": "column_list qualifier transformers",
        "QualifiedColumnsRegexpMatcher": "pattern qualifier transformers",
        "QueryParameter": "alias name param_type",
        "SampleRatio": "denominator numerator ratio value",
        "SelectIntersectExceptQuery": "children final_operator operator",
        "SelectQuery": "cte_aliases distinct group_by group_by_all group_by_with_cube group_by_with_grouping_sets "
        "group_by_with_rollup group_by_with_totals having interpolate limit_by limit_by_all limit_by_length "
        "limit_by_offset limit_length limit_offset limit_with_ties order_by order_by_all prewhere qualify "
        "recursive_with select tables where window with",
        "SelectWithUnionQuery": "list_of_modes list_of_selects union_mode",
        "SetQuery": "changes",
        "Subquery": "alias children cte_name",
        "TableExpression": "column_aliases database_and_table_name final sample_offset sample_size subquery "
        "table_function",
        "TableIdentifier": "alias name name_parts",
        "TableJoin": "kind locality on_expression strictness using_expression_list",
        "TablesInSelectQuery": "children",
        "TablesInSelectQueryElement": "array_join table_expression table_join",
        "WindowDefinition": "frame_begin_offset frame_begin_preceding frame_begin_type frame_end_offset "
        "frame_end_preceding frame_end_type frame_is_default frame_type order_by parent_window_name partition_by",
        "WindowListElement": "definition name",
        "WithElement": "aliases name subquery",
    }.items()
}
"""The kinds of nodes of ClickHouse's syntax tree (`parseQueryToJSON`) and the fields each may have."""

for _kind in ("ExplainQuery", "SelectWithUnionQuery"):
    SYNTAX[_kind] |= (
        _OUTFILE  # false where there is no INTO OUTFILE; the field that names the file is not allowed
    )


@cache
def function_names() -> tuple[str, ...]:
    """The names in functions.txt."""
    text = resources.files(__package__).joinpath("functions.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(name for line in lines for name in line.split())


@cache
def _in_lower_case() -> frozenset[str]:
    return frozenset(name.lower() for name in function_names())


def is_function(name: str) -> bool:
    """Whether a user may call it, with any of the aggregate functions' suffixes."""
    name = name.lower()
    while name not in _in_lower_case():
        suffix = next((suffix for suffix in _COMBINATORS if name.endswith(suffix)), None)
        if suffix is None or suffix == name:
            return False
        name = name.removesuffix(suffix)
    return True
