"""Claude Agent SDK: runs as agents, with the model calls, tools and sub-agents that its program tells of.

    from claude_agent_sdk import query
    import spanhouse

    spanhouse.instrument()
    async for message in query(prompt="Hello"):
        print(message)

The requests are made by another program, which tells of each answer as it comes, and of output tokens in full only
at a run's end: the last call carries those that the others did not tell. What that program repeats, or asks for
itself, is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Call, Library, Target
from ..messages import (
    content_parts,
    message,
    reasoning,
    text,
    tool_call,
    tool_call_response,
    value_of,
)
from ..operation import Answer, Invocation, Operation
from ..streams import follow_stream
from ..usage import usage

if TYPE_CHECKING:
    from opentelemetry.context import Context

_PROVIDER: Final = "anthropic"
_SYNTHETIC: Final = "<synthetic>"
"""The model of a message that stands for an answer that did not come."""
_BUCKETS: Final = (
    "input_tokens",
    "output_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
)


def _run(call: Call) -> Operation:
    options = call.argument("options") or value_of(call.instance, "options")
    name = value_of(options, "agent") or "Claude"
    asked = call.argument("prompt")
    prompt = value_of(options, "system_prompt")

    def content() -> dict[str, object]:
        return {
            semconv.GEN_AI_INPUT_MESSAGES: [message("user", [text(asked)])]
            if isinstance(asked, str)
            else None,
            semconv.GEN_AI_SYSTEM_INSTRUCTIONS: [text(prompt)] if isinstance(prompt, str) else None,
        }

    attributes = {
        semconv.GEN_AI_AGENT_NAME: name,
        semconv.GEN_AI_REQUEST_MODEL: value_of(options, "model"),
    }
    return Operation("invoke_agent", name, _PROVIDER, attributes, content, SpanKind.INTERNAL)


def _part(block: Any) -> dict[str, object]:
    match type(block).__name__:
        case "TextBlock":
            return text(block.text)
        case "ThinkingBlock":
            return reasoning(block.thinking)
        case "ToolUseBlock" | "ServerToolUseBlock":
            return tool_call(block.id, block.name, block.input)
        case "ToolResultBlock" | "ServerToolResultBlock":
            return tool_call_response(block.tool_use_id, block.content)
    return content_parts([block])[0]


class _ModelCall:
    """A request of the other program: begun when it had what to ask, told by one message or several."""

    def __init__(self, agent: Invocation, parent: Context) -> None:
        self._operation = Operation("chat", None, _PROVIDER, framework=True)
        self.invocation = Invocation(agent.telemetry, self._operation, parent)
        self.message_id: str | None = None
        self.used: dict[str, int] = {}
        self._last: Any = None
        self._parts: list[dict[str, object]] = []

    def add(self, said: Any) -> None:
        self._last, self.message_id = said, said.message_id
        self._parts += [_part(block) for block in said.content]
        told = said.usage or {}
        self.used = {name: told.get(name) or 0 for name in _BUCKETS}
        self.invocation.over()

    def end(self, reason: str | None = None) -> None:
        """End it; `reason` as told by the run, if this was its last."""
        if self._last is None:
            return
        model = None if self._last.model == _SYNTHETIC else self._last.model
        self._operation.subject = model
        self._operation.attributes = {semconv.GEN_AI_REQUEST_MODEL: model}
        reason = self._last.stop_reason or reason
        read, written = (
            self.used["cache_read_input_tokens"],
            self.used["cache_creation_input_tokens"],
        )
        given = self.used["input_tokens"] + read + written
        tokens = usage(given, self.used["output_tokens"], cache_read=read, cache_write=written)
        self.invocation.answer(
            Answer(
                {
                    semconv.GEN_AI_RESPONSE_ID: self.message_id,
                    semconv.GEN_AI_RESPONSE_MODEL: model,
                    semconv.GEN_AI_RESPONSE_FINISH_REASONS: (reason,) if reason else None,
                    **(tokens if model is not None else {}),
                },
                lambda: {
                    semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", self._parts, reason)]
                },
                error=self._last.error,
            )
        )
        self.invocation.end()


class _Run:
    """The messages of a run, in the order they come; those of a sub-agent name the tool's call that it is."""

    def __init__(self, agent: Invocation) -> None:
        self._agent = agent
        self._calls: dict[str | None, _ModelCall] = {None: _ModelCall(agent, agent.context)}
        self._tools: dict[str, Invocation] = {}
        self._told: dict[str, int] = dict.fromkeys(_BUCKETS, 0)
        self._result: Any = None
        self._session: str | None = None

    def add(self, said: Any) -> None:
        match type(said).__name__:
            case "SystemMessage" if said.subtype == "init":
                # The program has started; it asks now.
                self._calls[None] = _ModelCall(self._agent, self._agent.context)
            case "AssistantMessage":
                self._assistant(said)
            case "UserMessage" if not isinstance(said.content, str):
                self._results(said)
            case "ResultMessage":
                self._result = said

    def _context(self, within: str | None) -> Context:
        tool = self._tools.get(within) if within is not None else None
        return (tool or self._agent).context

    def _assistant(self, said: Any) -> None:
        within = said.parent_tool_use_id
        self._session = said.session_id or self._session
        call = self._calls.get(within)
        if call is not None and call.message_id not in (None, said.message_id):
            self._end_call(within)
            call = None
        if call is None:
            call = self._calls[within] = _ModelCall(self._agent, self._context(within))
        call.add(said)
        for block in said.content:
            if type(block).__name__ == "ToolUseBlock":
                self._tools[block.id] = Invocation(
                    self._agent.telemetry, _tool(block), self._context(within)
                )

    def _results(self, said: Any) -> None:
        within = said.parent_tool_use_id
        self._end_call(within)
        for block in said.content:
            tool = self._tools.pop(value_of(block, "tool_use_id") or "", None)
            if tool is not None:
                self._end_call(block.tool_use_id)
                tool.answer(_used(block))
                tool.end()
        self._calls[within] = _ModelCall(self._agent, self._context(within))

    def _end_call(self, within: str | None, reason: str | None = None) -> None:
        call = self._calls.pop(within, None)
        if call is None:
            return
        for name, count in call.used.items():
            self._told[name] += count
        call.end(reason)

    def answer(self) -> Answer:
        """What the run came to; its last call takes the tokens that only the run's end tells."""
        result, last = self._result, self._calls.get(None)
        for within in [within for within in self._calls if within is not None]:
            self._end_call(within)
        if last is not None and last.used and result is not None and result.usage:
            for name in _BUCKETS:
                rest = (result.usage.get(name) or 0) - self._told[name] - last.used[name]
                last.used[name] += max(0, rest)
        self._end_call(None, value_of(result, "stop_reason"))
        for tool in self._tools.values():
            tool.end()
        said = value_of(result, "result")
        failed = bool(value_of(result, "is_error"))
        return Answer(
            {semconv.GEN_AI_CONVERSATION_ID: value_of(result, "session_id") or self._session},
            lambda: {
                semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", [text(said)])]
                if said
                else None
            },
            error=(value_of(result, "terminal_reason") or result.subtype) if failed else None,
        )


def _tool(block: Any) -> Operation:
    attributes = {
        semconv.GEN_AI_TOOL_NAME: block.name,
        semconv.GEN_AI_TOOL_TYPE: "extension" if block.name.startswith("mcp__") else "function",
        semconv.GEN_AI_TOOL_CALL_ID: block.id,
    }
    return Operation(
        "execute_tool", block.name, None, attributes,
        lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: block.input}, SpanKind.INTERNAL,
    )  # fmt: skip


def _used(block: Any) -> Answer:
    return Answer(
        content=lambda: {semconv.GEN_AI_TOOL_CALL_RESULT: block.content},
        error="tool_error" if block.is_error else None,
    )


def _follow(result: Any, invocation: Invocation) -> Any:
    return follow_stream(result, invocation, _Run(invocation))


LIBRARY = Library(
    "claude_agent_sdk", "claude-agent-sdk", "claude_agent_sdk", "0.1",
    targets=(
        Target("claude_agent_sdk", "query", _run, follow=_follow),
        Target("claude_agent_sdk.client", "ClaudeSDKClient.receive_response", _run, follow=_follow),
    ),
)  # fmt: skip
