"""The dialects of GenAI spans as one table: which attribute of which convention says what; the store and the page read it.

`FIELDS` names a field and then its attributes: OpenTelemetry's newest name first, its older names, then OpenInference, OpenLLMetry
(Traceloop), MLflow, the Vercel AI SDK, Langfuse, and single libraries. The mapping of a span looks each of its keys up once, in one
`transform` over the dictionary of keys, and then finds a field by its number: 0.3 µs a span for all dialects, where
eleven look-ups by name cost 1.0 µs (64,000 spans, one thread).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

WORDS: dict[str, tuple[str, ...]] = {
    "operation": ("gen_ai.operation.name",),
    "provider": (
        "gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "mlflow.llm.provider", "ai.model.provider",
    ),
    "request_model": (
        "gen_ai.request.model",
        "llm.request.model_name", "llm.model_name", "embedding.model_name", "reranker.model_name",
        "mlflow.llm.model",
        "ai.model.id",
        "langfuse.observation.model.name",
    ),
    "response_model": ("gen_ai.response.model", "llm.response.model_name", "ai.response.model"),
    "response_id": ("gen_ai.response.id", "ai.response.id"),
    "agent": ("gen_ai.agent.name", "agent.name", "agent_name", "ai.telemetry.functionId"),
    "tool": ("gen_ai.tool.name", "tool.name", "ai.toolCall.name"),
    "usage_json": ("mlflow.chat.tokenUsage", "langfuse.observation.usage_details", "ai.response.providerMetadata"),
}  # fmt: skip
"""Field -> the attributes that say it. Of several that a span has, the one its sender wrote first is taken."""

DETAILS: dict[str, tuple[str, ...]] = {
    "cost": ("operation.cost", "gen_ai.usage.cost", "llm.cost.total", "mlflow.llm.cost", "langfuse.observation.cost_details"),
    "service_tier": ("openai.response.service_tier", "gen_ai.openai.response.service_tier"),
    "entity": ("traceloop.entity.name",),
    "first_chunk_seconds": ("gen_ai.response.time_to_first_chunk",),
    "first_chunk_milliseconds": ("ai.response.msToFirstChunk", "ai.stream.msToFirstChunk"),
    "cache_write_1h": ("anthropic.usage.cache_creation.ephemeral_1h_input_tokens",),
    "input_audio": (
        "gen_ai.usage.audio.input_tokens", "gen_ai.usage.details.input_audio_tokens", "llm.token_count.prompt_details.audio",
    ),
    "output_audio": (
        "gen_ai.usage.audio.output_tokens", "gen_ai.usage.details.output_audio_tokens",
        "llm.token_count.completion_details.audio",
    ),
}  # fmt: skip
"""The same of what few spans say: kept as it came, by the field's name, in the column GenAiDetails."""

COUNTS: dict[str, tuple[str, ...]] = {
    "input": (
        "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens",
        "llm.token_count.prompt",
        "llm.usage.prompt_tokens",
        "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens",
    ),
    "output": (
        "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens",
        "llm.token_count.completion",
        "llm.usage.completion_tokens",
        "ai.usage.outputTokens", "ai.usage.completionTokens",
    ),
    "total": ("gen_ai.usage.total_tokens", "llm.token_count.total", "llm.usage.total_tokens", "ai.usage.totalTokens"),
    "cache_read": (
        "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens", "gen_ai.usage.cache_read_tokens",
        "gen_ai.usage.details.cache_read_tokens",
        "llm.token_count.prompt_details.cache_read", "llm.token_count.prompt_details.cache_input",
        "ai.usage.inputTokenDetails.cacheReadTokens", "ai.usage.cachedInputTokens",
    ),
    "cache_write": (
        "gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens",
        "gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write_input_tokens", "gen_ai.usage.cache_write_tokens",
        "gen_ai.usage.details.cache_write_tokens",
        "llm.token_count.prompt_details.cache_write",
        "ai.usage.inputTokenDetails.cacheWriteTokens",
    ),
    "reasoning": (
        "gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens",
        "gen_ai.usage.thinking_tokens", "gen_ai.usage.details.reasoning_tokens", "gen_ai.usage.details.thinking_tokens",
        "llm.token_count.completion_details.reasoning",
        "ai.usage.outputTokenDetails.reasoningTokens", "ai.usage.reasoningTokens",
    ),
}  # fmt: skip
"""The same of counts of tokens."""

JSON_COUNTS: dict[str, tuple[str, ...]] = {
    "input": ("input_tokens", "prompt_tokens", "input"),
    "output": ("output_tokens", "completion_tokens", "output"),
    "total": ("total_tokens", "total"),
    "cache_read": (
        "cache_read_input_tokens", "input_cached_tokens", "input_cache_read", "cache_read", "cached_tokens", "cached_input_tokens",
        "cachedPromptTokens", "cacheReadInputTokens", "cachedContentTokenCount",
    ),
    "cache_write": (
        "cache_creation_input_tokens", "input_cache_creation", "input_cache_write", "cache_creation", "cache_write",
        "cacheCreationInputTokens", "cacheWriteInputTokens",
    ),
    "reasoning": ("output_reasoning_tokens", "output_reasoning", "reasoning_tokens", "reasoning", "reasoningTokens"),
}  # fmt: skip
"""The same of the keys of the JSON of `usage_json`, at any depth."""

DIALECTS: dict[str, tuple[str, ...]] = {
    "openinference": ("openinference.span.kind",),
    "openllmetry": ("traceloop.span.kind", "llm.request.type"),
    "mlflow": ("mlflow.spanType",),
    "vercel": ("ai.operationId",),
    "langfuse": ("langfuse.observation.type",),
}
"""Dialect -> the attribute that says the kind of a span, and so what the dialect is; without one it is `gen_ai`."""

OPERATIONS: dict[str, tuple[str, ...]] = {
    "chat": (
        "LLM", "CHAT_MODEL", "chat", "generation", "response", "responses", "generate",
        "ai.generateText.doGenerate", "ai.streamText.doStream", "ai.generateObject.doGenerate", "ai.streamObject.doStream",
    ),
    "text_completion": ("completion",),
    "embeddings": ("EMBEDDING", "embedding", "embed", "ai.embed.doEmbed", "ai.embedMany.doEmbed"),
    "retrieval": ("RETRIEVER", "retriever", "vector_db"),
    "rerank": ("RERANKER", "reranker", "ai.rerank.doRerank"),
    "execute_tool": ("TOOL", "tool", "ai.toolCall"),
    "invoke_agent": (
        "AGENT", "agent", "ai.generateText", "ai.streamText", "ai.generateObject", "ai.streamObject",
    ),
    "invoke_workflow": ("WORKFLOW", "workflow"),
    "chain": ("CHAIN", "ai.embed", "ai.embedMany", "ai.rerank"),
    "task": ("TASK",),
    "guardrail": ("GUARDRAIL",),
    "evaluator": ("EVALUATOR",),
    "parser": ("PARSER",),
    "memory": ("MEMORY",),
    "prompt": ("PROMPT",),
    "decision": ("DECISION",),
    "": ("UNKNOWN", "unknown", "span", "event"),
}  # fmt: skip
"""Operation -> what other dialects, and older conventions, call it; what is not here stays as it was written."""

LEAVES = ("chat", "generate_content", "text_completion", "embeddings", "rerank", "image_generation", "speech", "transcription")  # fmt: skip
"""The operations that call a model; usage on any other repeats theirs."""

PROVIDERS: dict[str, tuple[str, ...]] = {
    "openai": ("openai.chat", "openai.responses", "openai.completion", "openai.embedding"),
    "anthropic": ("anthropic.messages",),
    "aws.bedrock": ("aws", "aws_bedrock", "bedrock", "amazon-bedrock", "amazon_bedrock", "bedrock_converse"),
    "azure.ai.openai": ("azure", "az.ai.openai", "azure_openai", "azure-openai.chat", "azure-openai.responses", "azure.chat", "azure.responses"),
    "azure.ai.inference": ("az.ai.inference", "azure_ai"),
    "gcp.gemini": ("gemini", "google.generative-ai", "google_genai", "google-gla", "google_ai_studio"),
    "gcp.vertex_ai": ("vertex_ai", "vertexai", "google.vertex.chat", "google.vertex", "google-vertex", "vertex", "google_vertexai"),
    "gcp.gen_ai": ("google", "gcp"),
    "x_ai": ("xai", "x-ai", "xai.chat", "grok"),
    "mistral_ai": ("mistral", "mistralai", "mistral.chat"),
    "groq": ("groq.chat",),
    "cohere": ("cohere.chat",),
    "deepseek": ("deepseek.chat",),
    "perplexity": ("perplexity.chat",),
    "moonshot_ai": ("moonshot", "moonshotai"),
    "ibm.watsonx.ai": ("watsonx", "watsonx.ai"),
}  # fmt: skip
"""Provider as OpenTelemetry writes it -> what else it is called, in lower case."""

SESSIONS = (
    "gen_ai.conversation.id", "session.id", "langfuse.session.id", "ai.telemetry.metadata.sessionId",
    "traceloop.association.properties.session_id", "mlflow.trace.session",
)  # fmt: skip
"""The attributes that name a session."""

USERS = (
    "user.id", "langfuse.user.id", "ai.telemetry.metadata.userId", "traceloop.association.properties.user_id", "mlflow.trace.user",
    "enduser.id",
)  # fmt: skip
"""The same of a user."""

# Fields are numbered in this order, so that a comparison tells a count, and a dialect.
_NUMBERS = {f: n for n, f in enumerate((*WORDS, *DETAILS, *COUNTS, *DIALECTS), start=1)}
_FIRST_DETAIL, _FIRST_COUNT = _NUMBERS["cost"], _NUMBERS["input"]
_FIRST_DIALECT = _NUMBERS["openinference"]


def _list(items: Iterable[str]) -> str:
    return "[" + ", ".join(f"'{item}'" for item in items) + "]"


def _transform(sql: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """SQL that turns the other names of a table into its own, and leaves what it does not know."""
    pairs = [(other, name) for name, others in names.items() for other in others]
    return f"transform({sql}, {_list(other for other, _ in pairs)}, {_list(name for _, name in pairs)}, {sql})"


def _numbers(keys: str) -> str:
    """SQL: the number of the field of each of these attribute keys, 0 of others."""
    tables = (WORDS, DETAILS, COUNTS, DIALECTS)
    pairs = [(key, _NUMBERS[f]) for table in tables for f, names in table.items() for key in names]
    numbers = [number for _, number in pairs]
    return f"arrayMap(k -> toUInt8(transform(k, {_list(key for key, _ in pairs)}, {numbers}, 0)), {keys})"


def _has(field: str) -> str:
    return f"has(gen_ai_fields, {_NUMBERS[field]})"


def _word(field: str) -> str:
    """SQL: the text of a field; '' where the span has none."""
    return f"mapValues(SpanAttributes)[indexOf(gen_ai_fields, {_NUMBERS[field]})]"


def _count(field: str) -> str:
    """SQL: a count of tokens, 0 where the span has none."""
    in_json = (
        f"""extract({_word("usage_json")}, '"(?:{"|".join(JSON_COUNTS[field])})": *"?([0-9]+)')"""
    )
    return f"toUInt64OrZero(if({_has('usage_json')}, {in_json}, {_word(field)}))"


def _unquoted(sql: str) -> str:
    """MLflow writes JSON: a text of it stands in quotes."""
    return f"trimBoth({sql}, '\"')"


def _named(field: str, *kinds: str) -> str:
    """SQL: the name of an agent or a tool; a dialect without an attribute for it names the span after it."""
    is_kind = (
        f"gen_ai_kind IN ({', '.join(repr(k) for kind in kinds for k in (kind, _quoted(kind)))})"
    )
    return f"""multiIf(
        {_has(field)} AND ({_has("operation")} OR gen_ai_kind != '' OR {_has("input")}), {_word(field)},
        {is_kind}, if({_has("entity")}, {_word("entity")}, toString(SpanName)), '')"""


def _quoted(text: str) -> str:
    return f'"{text}"'


_IS_DIALECT = f"n -> n >= {_FIRST_DIALECT}"
_IS_DETAIL = f"n >= {_FIRST_DETAIL} AND n < {_FIRST_COUNT}"

FOUND = f"{_numbers('mapKeys(SpanAttributes)')} AS gen_ai_fields"
"""What the mapping of a span hands to otel_traces: the number of the field that each attribute says."""

# ClickHouse writes a column's expression out wherever another one names it, so what is named often is kept small.
STEPS: dict[str, tuple[str, str]] = {
    "gen_ai_kind": (
        "String",
        f"mapValues(SpanAttributes)[arrayFirstIndex({_IS_DIALECT}, gen_ai_fields)]",
    ),
}
"""Names for parts of what follows: column -> type and SQL."""

EPHEMERAL = ",\n    ".join(
    [
        "gen_ai_fields Array(UInt8) EPHEMERAL",
        *(f"{name} {kind} EPHEMERAL {sql}" for name, (kind, sql) in STEPS.items()),
    ]
)
"""The columns of otel_traces that are not stored."""

COLUMNS: dict[str, str] = {
    "GenAiDialect": f"""multiIf(
        gen_ai_kind != '', {_list(DIALECTS)}[gen_ai_fields[arrayFirstIndex({_IS_DIALECT}, gen_ai_fields)] - {_FIRST_DIALECT - 1}],
        {_has("operation")} OR {_has("request_model")} OR {_has("response_model")}, 'gen_ai', '')""",
    "GenAiOperation": _transform(
        f"""multiIf(
        {_has("operation")}, {_word("operation")},
        gen_ai_kind != '', {_unquoted("gen_ai_kind")},
        {_has("agent")} AND {_has("input")}, 'invoke_agent',
        {_has("request_model")} OR {_has("response_model")}, 'chat', '')""",
        OPERATIONS,
    ),
    "GenAiProvider": _transform(f"lower({_unquoted(_word('provider'))})", PROVIDERS),
    "GenAiRequestModel": _unquoted(_word("request_model")),
    "GenAiResponseModel": _word("response_model"),
    "GenAiResponseHash": f"if({_has('response_id')}, xxHash32({_word('response_id')}), 0)",
    "GenAiReportedInputTokens": _count("input"),
    "GenAiReportedOutputTokens": _count("output"),
    "GenAiReportedTotalTokens": _count("total"),
    "GenAiCacheReadTokens": _count("cache_read"),
    "GenAiCacheWriteTokens": _count("cache_write"),
    "GenAiReasoningTokens": _count("reasoning"),
    "GenAiAgentName": _named("agent", "AGENT", "agent"),
    "GenAiToolName": _named("tool", "TOOL", "tool"),
    "GenAiDetails": f"""CAST((
        arrayMap(n -> {_list(DETAILS)}[n - {_FIRST_DETAIL - 1}], arrayFilter(n -> {_IS_DETAIL}, gen_ai_fields)),
        arrayFilter((v, n) -> {_IS_DETAIL}, mapValues(SpanAttributes), gen_ai_fields)), 'Map(LowCardinality(String), String)')""",
}
"""SQL of the promoted columns of otel_traces."""

# What is cached is part of the input, and reasoning of the output, where OpenTelemetry's words are followed. Anthropic and Bedrock report
# the rest alone, and MLflow passes that on; Langfuse's buckets are all apart, Gemini's thoughts too. Where a sender wrote a
# total it tells which; otherwise who it is.
_CACHED = "GenAiCacheReadTokens + GenAiCacheWriteTokens"
_SAID = "GenAiReportedInputTokens + GenAiReportedOutputTokens"

INPUT_TOKENS = f"""GenAiReportedInputTokens + if(
        {_CACHED} > GenAiReportedInputTokens
        OR GenAiReportedTotalTokens = {_SAID} + {_CACHED}
        OR (GenAiDialect = 'langfuse' AND GenAiReportedTotalTokens != {_SAID})
        OR (GenAiDialect = 'mlflow' AND GenAiProvider IN ('anthropic', 'aws.bedrock')),
        {_CACHED}, 0)"""
"""SQL of the column GenAiInputTokens: all of them."""

OUTPUT_TOKENS = f"""GenAiReportedOutputTokens + if(
        GenAiReasoningTokens > GenAiReportedOutputTokens
        OR GenAiReportedTotalTokens = {_SAID} + GenAiReasoningTokens
        OR (GenAiDialect = 'langfuse' AND GenAiReportedTotalTokens != {_SAID}),
        GenAiReasoningTokens, 0)"""
"""SQL of the column GenAiOutputTokens: all of them."""


def first_of(keys: tuple[str, ...]) -> str:
    """SQL: the first attribute of a span that is one of these and not empty, '' without one. MLflow's are JSON."""
    return _unquoted(
        f"arrayFirst((v, k) -> v != '' AND k IN ({', '.join(map(repr, keys))}), mapValues(SpanAttributes), mapKeys(SpanAttributes))"
    )


# A number, or the total of a JSON object.
REPORTED_COST = r"""toDecimal128OrNull(extract(GenAiDetails['cost'], '(?:^|"total(?:_cost)?": *"?)([-+.0-9eE]+)'), 24)"""
"""SQL of the column."""

TIME_TO_FIRST_CHUNK = """if(mapContains(GenAiDetails, 'first_chunk_seconds'),
        toFloat64OrZero(GenAiDetails['first_chunk_seconds']), toFloat64OrZero(GenAiDetails['first_chunk_milliseconds']) / 1000)"""
"""SQL of the column."""
