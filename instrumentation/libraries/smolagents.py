"""smolagents: agents, managed agents, tools; model calls that no SDK below tells (Hugging Face, local models).

from smolagents import OpenAIModel, ToolCallingAgent
import spanhouse

spanhouse.instrument()
ToolCallingAgent(tools=[], model=OpenAIModel("gpt-4o")).run("How far is the moon?")
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Call, Library, Target, Undo
from ..messages import chat_message, content_parts, message, text, value_of
from ..operation import Answer, Operation
from ..usage import usage
from .openai_chat import ChatFold, completion, parameters, text_of

if TYPE_CHECKING:
    from ..telemetry import Telemetry

_PROVIDERS: Final = {
    "OpenAIModel": "openai", "AzureOpenAIModel": "azure.ai.openai", "AmazonBedrockModel": "aws.bedrock",
    "InferenceClientModel": "hugging_face", "TransformersModel": "transformers", "VLLMModel": "vllm", "MLXModel": "mlx",
    "LiteLLMModel": "litellm", "LiteLLMRouterModel": "litellm",
}  # fmt: skip
_STREAMING: Final = ("OpenAIModel", "InferenceClientModel", "TransformersModel", "LiteLLMModel")
_GENERATING: Final = (*_STREAMING, "AmazonBedrockModel", "VLLMModel", "MLXModel")
_ROLES: Final = {"tool-call": "assistant", "tool-response": "user"}


def _agent(call: Call) -> Operation:
    agent = call.instance
    name = value_of(agent, "name") or type(agent).__name__
    task = call.argument("task", 0)
    return Operation(
        "invoke_agent",
        name,
        attributes={
            semconv.GEN_AI_AGENT_NAME: name,
            semconv.GEN_AI_AGENT_DESCRIPTION: value_of(agent, "description"),
            semconv.GEN_AI_REQUEST_MODEL: text_of(value_of(value_of(agent, "model"), "model_id")),
        },
        content=lambda: {
            semconv.GEN_AI_SYSTEM_INSTRUCTIONS: content_parts(value_of(agent, "system_prompt"))
            or None,
            semconv.GEN_AI_INPUT_MESSAGES: [message("user", content_parts(task))],
        },
        kind=SpanKind.INTERNAL,
    )


def _agent_answered(result: Any) -> Answer:
    # A RunResult, told from an answer that only has a field of that name by its state.
    output = (
        value_of(result, "output")
        if value_of(result, "state") in ("success", "max_steps_error")
        else result
    )
    said = output if isinstance(output, str) else str(output)
    return Answer(
        content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", [text(said)])]}
    )


class _Steps:
    """The steps of `run(stream=True)`; the last one holds the answer."""

    def __init__(self) -> None:
        self._final: Any = None

    def add(self, step: Any) -> None:
        if type(step).__name__ == "FinalAnswerStep":
            self._final = step

    def answer(self) -> Answer:
        return Answer() if self._final is None else _agent_answered(self._final.output)


def _model(call: Call) -> Operation:
    model = call.instance
    kind = next((kind.__name__ for kind in type(model).__mro__ if kind.__name__ in _PROVIDERS), "")
    name = text_of(value_of(model, "model_id"))
    messages = call.argument("messages", 0, ())
    stop = call.argument("stop_sequences", 1)
    asked = {**(value_of(model, "kwargs") or {}), **call.kwargs, "stop": stop}
    streams = call.function.__name__ == "generate_stream"
    return Operation(
        "chat",
        name,
        _PROVIDERS.get(kind),
        {semconv.GEN_AI_REQUEST_MODEL: name, **parameters({**asked, "stream": streams})},
        lambda: {
            semconv.GEN_AI_INPUT_MESSAGES: [_message(each) for each in messages],
            semconv.GEN_AI_TOOL_DEFINITIONS: [
                _definition(tool) for tool in call.argument("tools_to_call_from", 3) or ()
            ]
            or None,
        },
        framework=True,
    )


def _message(item: Any, finish_reason: str | None = None) -> dict[str, object]:
    told = chat_message(item, finish_reason)
    role = value_of(item, "role")
    role = str(getattr(role, "value", role))
    return {**told, "role": _ROLES.get(role, role)}


def _definition(tool: Any) -> dict[str, object]:
    return {
        "type": "function",
        "name": value_of(tool, "name"),
        "description": value_of(tool, "description"),
        "parameters": {"type": "object", "properties": value_of(tool, "inputs") or {}},
    }


def _model_answered(result: Any) -> Answer:
    raw = value_of(result, "raw")
    if value_of(raw, "choices"):
        return completion(raw)
    return Answer(
        _tokens(value_of(result, "token_usage")),
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_message(result)]},
    )


def _tokens(used: Any) -> dict[str, int | None]:
    return (
        {}
        if used is None
        else usage(value_of(used, "input_tokens"), value_of(used, "output_tokens"))
    )


class _Deltas(ChatFold):
    """The deltas of `generate_stream`, which are those of a chat stream without its choices."""

    def __init__(self) -> None:
        super().__init__()
        self._used: dict[str, int | None] = {}

    def add(self, chunk: Any) -> None:
        super().add({"choices": [{"delta": chunk}]})
        self._used = _tokens(value_of(chunk, "token_usage")) or self._used

    def answer(self) -> Answer:
        told = super().answer()
        return Answer({**told.attributes, **self._used}, told.content)


def _tool(call: Call) -> Operation:
    tool = call.instance
    name = value_of(tool, "name") or type(tool).__name__
    arguments: dict[str, Any] = {
        key: value for key, value in call.kwargs.items() if key != "sanitize_inputs_outputs"
    }
    if call.args:
        named = dict(zip(value_of(tool, "inputs") or (), call.args, strict=False))
        whole = call.args[0] if len(call.args) == 1 and isinstance(call.args[0], dict) else named
        arguments = {**whole, **arguments}
    return Operation(
        "execute_tool",
        name,
        attributes={
            semconv.GEN_AI_TOOL_NAME: name,
            semconv.GEN_AI_TOOL_TYPE: "function",
            semconv.GEN_AI_TOOL_DESCRIPTION: value_of(tool, "description"),
        },
        content=lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: arguments},
        kind=SpanKind.INTERNAL,
    )


def _tool_answered(result: Any) -> Answer:
    # Images and sounds are large: what they are says enough.
    kind = type(result).__name__
    shown = f"<{kind}>" if kind in ("AgentImage", "AgentAudio", "Image", "Tensor") else result
    return Answer(content=lambda: {semconv.GEN_AI_TOOL_CALL_RESULT: shown})


def _switch(telemetry: Telemetry) -> Undo:
    """Let the thread of a CodeAgent's code belong to the agent's span; else each tool begins a trace."""
    from smolagents import local_python_executor as executor

    original = getattr(executor, "timeout", None)
    if original is None:
        return lambda: None

    def timeout(seconds: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def call(*args: Any, **kwargs: Any) -> Any:
                return original(seconds)(functools.partial(copy_context().run, function))(
                    *args, **kwargs
                )

            return call

        return decorate

    executor.timeout = timeout

    def undo() -> None:
        if executor.timeout is timeout:
            executor.timeout = original

    return undo


LIBRARY = Library(
    "smolagents", "smolagents", "smolagents", "1.15",
    targets=(
        Target("smolagents.agents", "MultiStepAgent.run", _agent, _agent_answered, _Steps),
        Target("smolagents.tools", "Tool.__call__", _tool, _tool_answered),
        Target("smolagents.tools", "PipelineTool.__call__", _tool, _tool_answered, optional=True),
        *(Target("smolagents.models", f"{name}.generate", _model, _model_answered, optional=True) for name in _GENERATING),
        *(Target("smolagents.models", f"{name}.generate_stream", _model, fold=_Deltas, optional=True) for name in _STREAMING),
    ),
    switch=_switch,
)  # fmt: skip
