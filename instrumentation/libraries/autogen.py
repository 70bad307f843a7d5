"""AutoGen: its own spans of agents and tools, in the canonical names; teams; model calls that no SDK below tells.

    from autogen_agentchat.agents import AssistantAgent
    from autogen_ext.models.openai import OpenAIChatCompletionClient
    import spanhouse

    spanhouse.instrument()
    agent = AssistantAgent("helper", OpenAIChatCompletionClient(model="gpt-4o"))
    await agent.run(task="How far is the moon?")

The runtime's spans, some ten per message, are switched off by AutoGen's own AUTOGEN_DISABLE_RUNTIME_TRACING: dropped
later, they would leave the agents' spans without a parent. A program that sets the variable itself decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.trace import SpanKind

from .. import semconv
from ..content import blob, media
from ..engine import Call, Library, Target, Undo
from ..messages import (
    message,
    reasoning,
    text,
    tool_call,
    tool_call_response,
    tool_definitions,
    value_of,
)
from ..native import changed, normalise
from ..operation import Answer, Operation
from ..usage import usage
from .openai_chat import parameters, text_of

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

    from ..telemetry import Telemetry

_CLIENTS: Final = {
    "openai._openai_client.BaseOpenAIChatCompletionClient": "openai",
    "anthropic._anthropic_client.BaseAnthropicChatCompletionClient": "anthropic",
    "ollama._ollama_client.BaseOllamaChatCompletionClient": "ollama",
    "azure._azure_ai_client.AzureAIChatCompletionClient": "azure.ai.inference",
    "llama_cpp._llama_cpp_completion_client.LlamaCppChatCompletionClient": "llama_cpp",
}
"""Model client, below `autogen_ext.models` -> `gen_ai.provider.name`."""
_REASONS: Final = {"function_calls": "tool_calls", "unknown": None}


def _team(call: Call) -> Operation:
    name = text_of(value_of(call.instance, "name")) or type(call.instance).__name__
    task = call.argument("task")
    return Operation(
        "invoke_workflow",
        name,
        attributes={semconv.GEN_AI_WORKFLOW_NAME: name},
        content=lambda: {semconv.GEN_AI_INPUT_MESSAGES: _task(task)},
        kind=SpanKind.INTERNAL,
    )


def _task(task: Any) -> list[dict[str, object]] | None:
    if task is None:
        return None
    return [_said(each, "user") for each in (task if isinstance(task, list | tuple) else [task])]


def _said(item: Any, role: str) -> dict[str, object]:
    """A message between agents."""
    content = (
        item if isinstance(item, str) else item.to_text() if hasattr(item, "to_text") else str(item)
    )
    return message(role, [text(content)], name=text_of(value_of(item, "source")))


class _TeamFold:
    """What a team's stream gives: messages, and the result last."""

    def __init__(self) -> None:
        self._last: Any = None

    def add(self, item: Any) -> None:
        if type(item).__name__ == "TaskResult":
            self._last = (value_of(item, "messages") or [None])[-1]
        elif hasattr(item, "to_text") and type(item).__name__ != "ModelClientStreamingChunkEvent":
            self._last = item

    def answer(self) -> Answer:
        last = self._last
        return (
            Answer()
            if last is None
            else Answer(
                content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_said(last, "assistant")]}
            )
        )


def _model(provider: str) -> Callable[[Call], Operation]:
    def begin(call: Call) -> Operation:
        # Its own settings, those of the call over them; `_create_args` is in each of its clients.
        asked = {
            **(value_of(call.instance, "_create_args") or {}),
            **(call.argument("extra_create_args") or {}),
        }
        model = text_of(asked.get("model"))
        streams = call.function.__name__ == "create_stream"
        return Operation(
            "chat",
            model,
            provider,
            {semconv.GEN_AI_REQUEST_MODEL: model, **parameters({**asked, "stream": streams})},
            lambda: {
                semconv.GEN_AI_INPUT_MESSAGES: [
                    _message(each) for each in call.argument("messages", 0) or ()
                ],
                semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(
                    [value_of(tool, "schema", tool) for tool in call.argument("tools") or ()]
                ),
            },
            framework=True,
        )

    return begin


def _message(item: Any) -> dict[str, object]:
    """A message for a model."""
    content = value_of(item, "content")
    match value_of(item, "type"):
        case "SystemMessage":
            return message("system", _parts(content))
        case "FunctionExecutionResultMessage":
            return message(
                "tool",
                [
                    tool_call_response(value_of(each, "call_id"), value_of(each, "content"))
                    for each in content
                ],
            )
        case "AssistantMessage":
            return message("assistant", _answered_parts(item))
        case _:
            return message("user", _parts(content), name=value_of(item, "source"))


def _parts(content: Any) -> list[dict[str, object]]:
    items = [content] if isinstance(content, str) else content or ()
    return [text(each) if isinstance(each, str) else _image(each) for each in items]


def _image(item: Any) -> dict[str, object]:
    return (
        media("image", str(item.data_uri))
        if hasattr(item, "data_uri")
        else blob("image", str(item))
    )


def _answered_parts(item: Any) -> list[dict[str, object]]:
    thought, content = value_of(item, "thought"), value_of(item, "content")
    parts = [reasoning(thought)] if thought else []
    if isinstance(content, str):
        return [*parts, text(content)]
    return [
        *parts,
        *(
            tool_call(value_of(each, "id"), value_of(each, "name"), value_of(each, "arguments"))
            for each in content or ()
        ),
    ]


def _model_answered(result: Any) -> Answer:
    used = value_of(result, "usage")
    reason = value_of(result, "finish_reason")
    reason = _REASONS.get(reason, reason)
    # What came from the client's cache used nothing now.
    tokens = (
        {}
        if used is None or value_of(result, "cached")
        else usage(value_of(used, "prompt_tokens"), value_of(used, "completion_tokens"))
    )
    return Answer(
        {semconv.GEN_AI_RESPONSE_FINISH_REASONS: (reason,) if reason else None, **tokens},
        lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", _answered_parts(result), reason)]
        },
    )


class _ModelFold:
    """What a model's stream gives: pieces of text, and the whole result last."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._result: Any = None

    def add(self, item: Any) -> None:
        if isinstance(item, str):
            self._text.append(item)
        else:
            self._result = item

    def answer(self) -> Answer:
        if self._result is not None:
            return _model_answered(self._result)
        said = "".join(self._text)
        return Answer(
            content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", [text(said)])]}
        )


def _canonical(span: ReadableSpan) -> ReadableSpan:
    """A span of AutoGen without `gen_ai.system`, which there names the framework; it runs in this process:
    INTERNAL."""
    attributes = {
        key: value for key, value in (span.attributes or {}).items() if key != "gen_ai.system"
    }
    if attributes.get(semconv.GEN_AI_OPERATION_NAME) == "execute_tool":
        attributes.setdefault(semconv.GEN_AI_TOOL_TYPE, "function")
    return changed(span, attributes, kind=SpanKind.INTERNAL)


def _switch(telemetry: Telemetry) -> Undo:
    return normalise("autogen-core", _canonical)


def _client(path: str, provider: str) -> list[Target]:
    module, _, name = path.rpartition(".")
    module, begin = f"autogen_ext.models.{module}", _model(provider)
    return [
        Target(module, f"{name}.create", begin, _model_answered, optional=True),
        Target(module, f"{name}.create_stream", begin, fold=_ModelFold, optional=True),
    ]


LIBRARY = Library(
    "autogen", "autogen-core", "autogen_core", "0.7",
    targets=(
        Target("autogen_agentchat.teams._group_chat._base_group_chat", "BaseGroupChat.run_stream", _team, fold=_TeamFold),
        *(target for path, provider in _CLIENTS.items() for target in _client(path, provider)),
    ),
    switch=_switch,
    environment=lambda content: {"AUTOGEN_DISABLE_RUNTIME_TRACING": "true"},
    native=True,
)  # fmt: skip
