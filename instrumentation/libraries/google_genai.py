"""Gemini through google-genai: content, streams, embeddings; sync and async, Gemini API and Vertex AI.

    from google import genai
    import spanhouse

    spanhouse.instrument()
    client = genai.Client()
    client.models.generate_content(model="gemini-3-flash", contents="Hello")

The methods below the public ones are wrapped: automatic function calling asks several times, and each request
is a span."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import semconv
from ..content import blob
from ..engine import Call, Library, Target
from ..messages import message, reasoning, text, tool_call, tool_call_response, value_of
from ..operation import Answer, Operation
from ..usage import usage
from .google_interactions import TARGETS as INTERACTIONS
from .openai_chat import finish_reasons, parameters, server, text_of

_PARAMETERS: Mapping[str, str] = {
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "top_p": semconv.GEN_AI_REQUEST_TOP_P,
    "top_k": semconv.GEN_AI_REQUEST_TOP_K,
    "seed": semconv.GEN_AI_REQUEST_SEED,
    "candidate_count": semconv.GEN_AI_REQUEST_CHOICE_COUNT,
    "max_output_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "frequency_penalty": semconv.GEN_AI_REQUEST_FREQUENCY_PENALTY,
    "presence_penalty": semconv.GEN_AI_REQUEST_PRESENCE_PENALTY,
}


def _asking(name: str, stream: bool = False) -> Callable[[Call], Operation]:
    def begin(call: Call) -> Operation:
        model = text_of(call.kwargs.get("model"))
        config = call.kwargs.get("config")
        asked = {key: value_of(config, key) for key in _PARAMETERS} | {
            "stop": value_of(config, "stop_sequences")
        }
        api = value_of(call.instance, "_api_client")
        json_wanted = value_of(config, "response_mime_type") == "application/json"
        attributes = {
            semconv.GEN_AI_REQUEST_MODEL: model,
            **server(value_of(value_of(api, "_http_options"), "base_url")),
            **parameters({**asked, "stream": stream}, _PARAMETERS),
            semconv.GEN_AI_OUTPUT_TYPE: "json" if json_wanted else None,
            semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT: value_of(config, "output_dimensionality"),
        }
        provider = "gcp.vertex_ai" if value_of(api, "vertexai") else "gcp.gemini"
        return Operation(name, model, provider, attributes, lambda: _content(call.kwargs))

    return begin


def _content(asked: Mapping[str, Any]) -> dict[str, object]:
    config = asked.get("config")
    system = value_of(config, "system_instruction")
    given = asked.get("contents") or asked.get("content") or asked.get("batch_contents")
    return {
        semconv.GEN_AI_SYSTEM_INSTRUCTIONS: [
            part for each in _messages(system) for part in _parts_of(each)
        ]
        or None,
        semconv.GEN_AI_INPUT_MESSAGES: _messages(given),
        semconv.GEN_AI_TOOL_DEFINITIONS: _tools(value_of(config, "tools")),
    }


def _parts_of(told: dict[str, object]) -> list[Any]:
    parts = told["parts"]
    return parts if isinstance(parts, list) else []


def _messages(contents: Any) -> list[dict[str, object]]:
    """Contents in any shape the package takes: a text, a part, a content, or a list of these."""
    if contents is None:
        return []
    if not isinstance(contents, list | tuple):
        contents = [contents]
    told: list[dict[str, object]] = []
    for each in contents:
        if isinstance(each, str):
            told.append(message("user", [text(each)]))
        elif (parts := value_of(each, "parts")) is not None:
            told.append(_message(value_of(each, "role"), parts))
        else:
            told.append(message("user", [_part(each)]))
    return told


def _message(role: str | None, parts: Any, reason: str | None = None) -> dict[str, object]:
    said = [_part(part) for part in parts or ()]
    if any(part["type"] == "tool_call_response" for part in said):
        role = "tool"
    return message({"model": "assistant", None: "user"}.get(role, str(role)), said, reason)


def _part(part: Any) -> dict[str, object]:
    if isinstance(part, str):
        return text(part)
    if (call := value_of(part, "function_call")) is not None:
        return tool_call(value_of(call, "id"), value_of(call, "name"), value_of(call, "args"))
    if (result := value_of(part, "function_response")) is not None:
        return tool_call_response(
            value_of(result, "id") or value_of(result, "name"), value_of(result, "response")
        )
    if (inline := value_of(part, "inline_data")) is not None:
        mime_type = value_of(inline, "mime_type") or "application/octet-stream"
        return blob(mime_type.partition("/")[0], value_of(inline, "data") or b"", mime_type)
    if (file := value_of(part, "file_data")) is not None:
        return {
            "type": "uri",
            "uri": value_of(file, "file_uri"),
            "mime_type": value_of(file, "mime_type"),
        }
    said = value_of(part, "text") or ""
    return reasoning(said) if value_of(part, "thought") else text(said)


def _tools(tools: Any) -> list[dict[str, object]] | None:
    told: list[dict[str, object]] = []
    for tool in tools or ():
        if callable(tool):
            told.append({"type": "function", "name": tool.__name__, "description": tool.__doc__})
        for function in value_of(tool, "function_declarations") or ():
            schema = value_of(function, "parameters_json_schema") or value_of(
                function, "parameters"
            )
            definition = {
                "type": "function",
                "name": value_of(function, "name"),
                "parameters": schema,
            }
            told.append({**definition, "description": value_of(function, "description")})
    return told or None


def _tokens(used: Any) -> dict[str, int | None]:
    if used is None:
        return {}
    written, thought = (
        value_of(used, "candidates_token_count"),
        value_of(used, "thoughts_token_count"),
    )
    return usage(
        _sum(value_of(used, "prompt_token_count"), value_of(used, "tool_use_prompt_token_count")),
        # Gemini counts thoughts beside the answer, the conventions within it.
        _sum(written, thought),
        cache_read=value_of(used, "cached_content_token_count"),
        reasoning=thought,
    )


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None and second is None else (first or 0) + (second or 0)


def _generated(result: Any) -> Answer:
    fold = _Fold()
    fold.add(result)
    return fold.answer()


class _Fold:
    """The parts of a stream, put together; a whole answer is a stream of one."""

    def __init__(self) -> None:
        self._last: Any = None
        self._usage: Any = None
        self._parts: list[dict[str, object]] = []
        self._reasons: list[str] = []

    def add(self, chunk: Any) -> None:
        """Take a part."""
        self._last = chunk
        self._usage = value_of(chunk, "usage_metadata") or self._usage
        for candidate in value_of(chunk, "candidates") or ():
            for part in value_of(value_of(candidate, "content"), "parts") or ():
                self._join(_part(part))
            if (reason := value_of(candidate, "finish_reason")) is not None:
                self._reasons.append(str(getattr(reason, "value", reason)))

    def _join(self, part: dict[str, object]) -> None:
        before = self._parts[-1] if self._parts else {}
        if part["type"] in ("text", "reasoning") and before.get("type") == part["type"]:
            before["content"] = f"{before['content']}{part['content']}"
        else:
            self._parts.append(part)

    def answer(self) -> Answer:
        """What was said so far."""
        reason = self._reasons[-1] if self._reasons else None
        return Answer(
            {
                semconv.GEN_AI_RESPONSE_ID: value_of(self._last, "response_id"),
                semconv.GEN_AI_RESPONSE_MODEL: value_of(self._last, "model_version"),
                semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
                **_tokens(self._usage),
            },
            lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", self._parts, reason)]},
        )


def _embedded(result: Any) -> Answer:
    vectors = value_of(result, "embeddings") or ()
    counts = [value_of(value_of(each, "statistics"), "token_count") for each in vectors]
    known = [int(count) for count in counts if count is not None]
    return Answer(
        {
            semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT: len(value_of(vectors[0], "values") or ())
            if vectors
            else None,
            semconv.GEN_AI_USAGE_INPUT_TOKENS: sum(known) if known else None,
        }
    )


_GENERATE, _STREAM, _EMBED = (
    _asking("generate_content"),
    _asking("generate_content", stream=True),
    _asking("embeddings"),
)


def _embed_whole(call: Call) -> Operation | None:
    """`embed_content` of older versions, which have no method below it."""
    return None if hasattr(call.instance, "_embed_content") else _EMBED(call)


LIBRARY = Library(
    "google_genai", "google-genai", "google.genai", "1.20",
    targets=[
        target
        for prefix in ("", "Async")
        for target in (
            Target("google.genai.models", f"{prefix}Models._generate_content", _GENERATE, _generated),
            Target("google.genai.models", f"{prefix}Models._generate_content_stream", _STREAM, fold=_Fold),
            Target("google.genai.models", f"{prefix}Models._embed_content", _EMBED, _embedded, optional=True),
            Target("google.genai.models", f"{prefix}Models.embed_content", _embed_whole, _embedded),
        )
    ] + INTERACTIONS,
)  # fmt: skip
