"""Agno: agents, teams, workflows, tools; model calls that the provider's SDK does not tell.

from agno.agent import Agent
from agno.models.openai import OpenAIChat
import spanhouse

spanhouse.instrument()
Agent(name="helper", model=OpenAIChat(id="gpt-4o")).run("Hello")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Call, Library, Target
from ..messages import chat_messages, content_parts, message, value_of
from ..operation import Answer, Operation
from ..streams import Fold, NoFold
from ..usage import usage

_PROVIDERS = {
    "OpenAI": "openai", "Azure": "azure.ai.openai", "Anthropic": "anthropic", "Google": "gcp.gemini", "Groq": "groq",
    "Mistral": "mistral_ai", "Cohere": "cohere", "AwsBedrock": "aws.bedrock", "DeepSeek": "deepseek", "xAI": "x_ai",
    "Perplexity": "perplexity",
}  # fmt: skip
"""The library's names of providers -> the conventions'."""


Begin = Callable[[Call], Operation]


def _runs(operation: str, name_key: str) -> Begin:
    """`begin` of a run of an agent, a team or a workflow."""

    def begin(call: Call) -> Operation:
        runner, name = call.instance, value_of(call.instance, "name")
        session = call.argument("session_id") or value_of(runner, "session_id")
        attributes = {
            name_key: name,
            semconv.GEN_AI_CONVERSATION_ID: session,
            semconv.USER_ID: call.argument("user_id"),
        }
        if operation == "invoke_agent":
            attributes[semconv.GEN_AI_AGENT_ID] = value_of(runner, "id")
            attributes[semconv.GEN_AI_AGENT_DESCRIPTION] = value_of(runner, "description")
        return Operation(operation, name, None, attributes, lambda: _asked(call), SpanKind.INTERNAL)

    return begin


def _asked(call: Call) -> dict[str, object]:
    given, instructions = call.argument("input", 0), value_of(call.instance, "instructions")
    told: dict[str, object] = {semconv.GEN_AI_INPUT_MESSAGES: _messages(given)}
    if isinstance(instructions, str | list):
        told[semconv.GEN_AI_SYSTEM_INSTRUCTIONS] = content_parts(instructions)
    return told


def _messages(given: Any) -> list[dict[str, object]]:
    if isinstance(given, list) and given and value_of(given[0], "role"):
        return chat_messages(given)
    if value_of(given, "role"):
        return chat_messages([given])
    return [message("user", content_parts(given if isinstance(given, str | list) else str(given)))]


def _ran(result: Any) -> Answer:
    status = value_of(value_of(result, "status"), "value")
    return Answer(
        {semconv.GEN_AI_CONVERSATION_ID: value_of(result, "session_id")},
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_said(value_of(result, "content"))]},
        # A run that failed says so in its status, and does not raise.
        error="_OTHER" if status == "ERROR" else None,
    )


def _said(content: Any) -> dict[str, object]:
    return message(
        "assistant",
        content_parts(content if isinstance(content, str) else content and str(content)),
    )


class _RunFold:
    """The events of a streamed run."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._session: str | None = None
        self._failed = False

    def add(self, event: Any) -> None:
        kind = str(value_of(event, "event", ""))
        self._session = value_of(event, "session_id") or self._session
        self._failed = self._failed or kind.endswith("RunError")
        if kind.endswith("RunContent") and isinstance(content := value_of(event, "content"), str):
            self._text.append(content)

    def answer(self) -> Answer:
        return Answer(
            {semconv.GEN_AI_CONVERSATION_ID: self._session},
            lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_said("".join(self._text))]},
            error="_OTHER" if self._failed else None,
        )


def _tool(call: Call) -> Operation:
    function = call.instance.function
    attributes = {
        semconv.GEN_AI_TOOL_NAME: function.name,
        semconv.GEN_AI_TOOL_TYPE: "function",
        semconv.GEN_AI_TOOL_DESCRIPTION: function.description,
        semconv.GEN_AI_TOOL_CALL_ID: call.instance.call_id,
    }
    arguments = call.instance.arguments
    return Operation(
        "execute_tool", function.name, None, attributes, lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: arguments or {}},
        SpanKind.INTERNAL,
    )  # fmt: skip


def _executed(result: Any) -> Answer:
    failed = value_of(result, "status") == "failure"
    return Answer(
        content=lambda: {
            semconv.GEN_AI_TOOL_CALL_RESULT: value_of(result, "error" if failed else "result")
        },
        error="tool_error" if failed else None,
    )


def _model(call: Call) -> Operation:
    model = call.instance
    named = str(value_of(model, "provider") or "").split(" ")[0]
    return Operation(
        "chat", model.id, _PROVIDERS.get(named, named.lower() or None), {semconv.GEN_AI_REQUEST_MODEL: model.id},
        lambda: {semconv.GEN_AI_INPUT_MESSAGES: chat_messages(call.argument("messages") or ())}, framework=True,
    )  # fmt: skip


def _answered(result: Any) -> Answer:
    used = value_of(result, "response_usage")
    tokens = {} if used is None else usage(
        value_of(used, "input_tokens"), value_of(used, "output_tokens"),
        cache_read=value_of(used, "cache_read_tokens"), cache_write=value_of(used, "cache_write_tokens"),
        reasoning=value_of(used, "reasoning_tokens"),
    )  # fmt: skip
    return Answer(
        tokens, lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_said(value_of(result, "content"))]}
    )


class _ModelFold:
    """The parts of a streamed answer; the last usage counts."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._used: Any = None

    def add(self, part: Any) -> None:
        self._used = value_of(part, "response_usage") or self._used
        if isinstance(content := value_of(part, "content"), str):
            self._text.append(content)

    def answer(self) -> Answer:
        return _answered({"response_usage": self._used, "content": "".join(self._text)})


def _pair(
    module: str,
    path: str,
    begin: Begin,
    answer: Callable[[Any], Answer],
    fold: Callable[[], Fold] = NoFold,
) -> list[Target]:
    """A method and its asynchronous twin."""
    owner, name = path.split(".")
    return [Target(module, f"{owner}.{prefix}{name}", begin, answer, fold) for prefix in ("", "a")]


_AGENT = _runs("invoke_agent", semconv.GEN_AI_AGENT_NAME)
_WORKFLOW = _runs("invoke_workflow", semconv.GEN_AI_WORKFLOW_NAME)
_RETRIED = (
    ("Model._invoke_with_retry", NoFold), ("Model._ainvoke_with_retry", NoFold),
    ("Model._invoke_stream_with_retry", _ModelFold), ("Model._ainvoke_stream_with_retry", _ModelFold),
)  # fmt: skip

LIBRARY = Library(
    "agno", "agno", "agno", "2.0",
    targets=(
        *_pair("agno.agent.agent", "Agent.run", _AGENT, _ran, _RunFold),
        *_pair("agno.team.team", "Team.run", _AGENT, _ran, _RunFold),
        *_pair("agno.workflow.workflow", "Workflow.run", _WORKFLOW, _ran, _RunFold),
        *_pair("agno.tools.function", "FunctionCall.execute", _tool, _executed),
        *(Target("agno.models.base", name, _model, _answered, fold, optional=True) for name, fold in _RETRIED),
    ),
)  # fmt: skip
