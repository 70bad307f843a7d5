"""SQL of what GenAI spans used and what it cost, written once for the view `gen_ai_usage` and for the page's questions.

Buckets are exclusive: together they are all input and all output tokens. A cost is the sum of bucket times unit price, exact.
"""

from __future__ import annotations

from .gen_ai import LEAVES

BUCKETS: dict[str, str] = {
    "input": "InputTokens - least(InputTokens, CacheReadTokens + CacheWriteTokens + InputAudioTokens)",
    "cache_read": "CacheReadTokens",
    "cache_write": "CacheWriteTokens - least(CacheWriteTokens, CacheWrite1hTokens)",
    "cache_write_1h": "least(CacheWriteTokens, CacheWrite1hTokens)",
    "input_audio": "InputAudioTokens",
    "output": "OutputTokens - least(OutputTokens, ReasoningTokens + OutputAudioTokens)",
    "reasoning": "ReasoningTokens",
    "output_audio": "OutputAudioTokens",
}
"""Bucket -> how many tokens are in it."""

INPUT_BUCKETS = ("input", "cache_read", "cache_write", "cache_write_1h", "input_audio")

UNITS = (*BUCKETS, "request")
"""What has a price: a token of a bucket, or the call itself."""

# A fraction of a dollar has up to 18 digits a million tokens in genai-prices.
PRICE = "Decimal(38, 24)"

RULE = (
    "Tuple(start DateTime('UTC'), from_second UInt32, to_second UInt32, over_input_tokens UInt64, "
    + ", ".join(f"{unit} {PRICE}" for unit in UNITS)
    + ")"
)
"""Type of a price rule."""

LEAVES_LIST = ", ".join(f"'{name}'" for name in LEAVES)
"""The operations that call a model, for IN."""

# More tokens than these are a fault of the sender, and their cost would not fit into the decimals.
_MOST_TOKENS = 1_000_000_000_000


def _priced(buckets: tuple[str, ...]) -> str:
    return " + ".join(
        f"least({bucket}_bucket, {_MOST_TOKENS}) * rule.{bucket}" for bucket in buckets
    )


_INPUT_COST = _priced(INPUT_BUCKETS)
_OUTPUT_COST = _priced(tuple(bucket for bucket in BUCKETS if bucket not in INPUT_BUCKETS))

# An agent reports what its calls used, and a framework's span the call of the SDK inside it: the innermost of the spans of one
# call counts. Two spans are of one call if they have the response's id in common, or, where one lacks it, if one is an
# ancestor of the other over at most 16 generations and they say the same of model and tokens.
GENERATIONS = 16

_CALLS = f"""SELECT ProjectId, TraceId, SpanId, ParentSpanId, Timestamp, GenAiResponseHash AS response,
            GenAiInputTokens AS input, GenAiOutputTokens AS output, [toString(GenAiRequestModel), toString(GenAiResponseModel)] AS models
        FROM otel_traces
        WHERE GenAiOperation IN ({LEAVES_LIST}) AND GenAiReportedInputTokens + GenAiReportedOutputTokens > 0"""

_REPEATED = f"""WITH RECURSIVE
        calls AS ({_CALLS}),
        -- Few traces have two calls with the same usage; only there the ancestors are looked at.
        alike AS (SELECT ProjectId, TraceId, input, output FROM calls GROUP BY ProjectId, TraceId, input, output HAVING count() > 1),
        parents AS (
            SELECT ProjectId, TraceId, SpanId, any(ParentSpanId) AS ParentSpanId FROM otel_traces
            WHERE (ProjectId, TraceId) IN (SELECT ProjectId, TraceId FROM alike) GROUP BY ProjectId, TraceId, SpanId),
        above AS (
            SELECT ProjectId, TraceId, response, input, output, models, ParentSpanId AS ancestor, 1 AS generation
            FROM calls WHERE (ProjectId, TraceId, input, output) IN (SELECT ProjectId, TraceId, input, output FROM alike)
            UNION ALL
            SELECT a.ProjectId, a.TraceId, a.response, a.input, a.output, a.models, p.ParentSpanId, a.generation + 1
            FROM above AS a INNER JOIN parents AS p ON p.ProjectId = a.ProjectId AND p.TraceId = a.TraceId AND p.SpanId = a.ancestor
            WHERE a.generation < {GENERATIONS})
    SELECT a.ProjectId, a.TraceId, a.ancestor
    FROM above AS a INNER JOIN calls AS c ON c.ProjectId = a.ProjectId AND c.TraceId = a.TraceId AND c.SpanId = a.ancestor
    WHERE c.input = a.input AND c.output = a.output AND (c.response = 0 OR a.response = 0)
        AND (empty(arrayFilter(m -> m != '', c.models)) OR empty(arrayFilter(m -> m != '', a.models)) OR arrayExists(
            (m, n) -> m != '' AND n != '' AND (startsWith(m, n) OR startsWith(n, m)),
            [c.models[1], c.models[1], c.models[2], c.models[2]], [a.models[1], a.models[2], a.models[1], a.models[2]]))
    UNION ALL
    SELECT ProjectId, TraceId, arrayJoin(arrayFilter(id -> id != innermost, ids))
    FROM (
        SELECT ProjectId, TraceId, groupArray(SpanId) AS ids, argMax(SpanId, (Timestamp, SpanId)) AS innermost
        FROM calls WHERE response != 0 GROUP BY ProjectId, TraceId, response HAVING count() > 1)"""

_SPANS = """SELECT ProjectId, Timestamp, TraceId, SpanId, ParentSpanId, ServiceName, SpanName,
        GenAiDialect AS Dialect, GenAiOperation AS Operation, GenAiProvider AS Provider,
        GenAiRequestModel AS RequestModel, GenAiResponseModel AS ResponseModel, GenAiServiceTier AS ServiceTier,
        GenAiAgentName AS AgentName, GenAiToolName AS ToolName,
        GenAiInputTokens AS InputTokens, GenAiOutputTokens AS OutputTokens,
        GenAiCacheReadTokens AS CacheReadTokens, GenAiCacheWriteTokens AS CacheWriteTokens, GenAiCacheWrite1hTokens AS CacheWrite1hTokens,
        GenAiReasoningTokens AS ReasoningTokens, GenAiInputAudioTokens AS InputAudioTokens, GenAiOutputAudioTokens AS OutputAudioTokens,
        GenAiReportedCost AS ReportedCost, GenAiTimeToFirstChunk AS TimeToFirstChunk
    FROM otel_traces
    WHERE GenAiOperation != ''"""


def _usage() -> str:
    buckets = ",\n        ".join(f"{sql} AS {bucket}_bucket" for bucket, sql in BUCKETS.items())
    names = ",\n    ".join(f"{bucket}_bucket AS {_title(bucket)}Bucket" for bucket in BUCKETS)
    return f"""SELECT
    ProjectId, Timestamp, TraceId, SpanId, ParentSpanId, ServiceName, SpanName,
    Dialect, Operation, Provider, RequestModel, ResponseModel, ServiceTier, AgentName, ToolName, TimeToFirstChunk,
    InputTokens, OutputTokens,
    {names},
    is_call AND (ProjectId, TraceId, SpanId) NOT IN (
    {_REPEATED}) AS Counted,
    multiIf(NOT is_call, NULL, NOT empty(Rules), {_INPUT_COST} + {_OUTPUT_COST} + rule.request, ReportedCost) AS Cost,
    if(is_call AND NOT empty(Rules), {_INPUT_COST}, NULL) AS InputCost,
    if(is_call AND NOT empty(Rules), {_OUTPUT_COST}, NULL) AS OutputCost,
    ReportedCost,
    PriceName, PriceVersion
FROM
(
    SELECT s.*,
        Operation IN ({LEAVES_LIST}) AND (InputTokens + OutputTokens > 0 OR ReportedCost IS NOT NULL) AS is_call,
        {buckets},
        p.Rules AS Rules, p.PriceName AS PriceName, p.PriceVersion AS PriceVersion,
        gen_ai_rule(p.Rules, s.Timestamp, InputTokens) AS rule
    FROM
    (
    {_SPANS}
    ) AS s
    LEFT JOIN (SELECT * FROM gen_ai_prices FINAL) AS p
        ON p.ProjectId = s.ProjectId AND p.Provider = s.Provider AND p.RequestModel = s.RequestModel
        AND p.ResponseModel = s.ResponseModel AND p.ServiceTier = s.ServiceTier
)"""


def _title(bucket: str) -> str:
    return "".join(part.capitalize() for part in bucket.split("_"))


USAGE = _usage()
"""SQL of the view."""
