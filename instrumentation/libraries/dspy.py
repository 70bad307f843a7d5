"""DSPy: programs, their modules, tools, retrievers, evaluations; sync, async, in threads.

    import dspy
    import spanhouse

    spanhouse.instrument()
    dspy.configure(lm=dspy.LM("openai/gpt-4o"))
    dspy.Predict("question -> answer")(question="Hello")

Model calls inside are told by LiteLLM or the provider's SDK.
"""

from __future__ import annotations

from typing import Any

from opentelemetry import context as otel
from opentelemetry import trace
from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Call, Library, Target
from ..messages import message, value_of
from ..operation import Answer, Operation

_AGENTS = frozenset({"ReAct", "CodeAct", "ReActV2"})


def _module(call: Call) -> Operation:
    kind = type(call.instance).__name__
    asked = {
        semconv.GEN_AI_INPUT_MESSAGES: [
            message("user", [{"type": "unknown", "content": dict(call.kwargs)}])
        ]
    }
    if kind in _AGENTS:
        return Operation(
            "invoke_agent",
            kind,
            None,
            {semconv.GEN_AI_AGENT_NAME: kind},
            lambda: asked,
            SpanKind.INTERNAL,
        )
    if not trace.get_current_span().get_span_context().is_valid:
        attributes = {semconv.GEN_AI_WORKFLOW_NAME: kind}
        return Operation(
            "invoke_workflow", kind, None, attributes, lambda: asked, SpanKind.INTERNAL
        )
    return Operation("task", kind, None, {}, lambda: asked, SpanKind.INTERNAL)


def _evaluation(call: Call) -> Operation:
    name = type(call.instance).__name__
    attributes = {semconv.GEN_AI_WORKFLOW_NAME: name}
    return Operation("invoke_workflow", name, None, attributes, kind=SpanKind.INTERNAL)


def _evaluated(result: Any) -> Answer:
    said = [
        message("assistant", [{"type": "unknown", "content": {"score": value_of(result, "score")}}])
    ]
    return Answer(content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: said})


def _threads(call: Call) -> None:
    """What runs in DSPy's threads is inside what started them; it copies none of the program's context variables."""
    function, around = call.argument("function", 0), otel.get_current()

    def inside(*args: Any, **kwargs: Any) -> Any:
        token = otel.attach(around)
        try:
            return function(*args, **kwargs)
        finally:
            otel.detach(token)

    if "function" in call.kwargs:
        call.kwargs["function"] = inside
    else:
        call.args = (inside, *call.args[1:])


def _predicted(result: Any) -> Answer:
    fields = result.toDict() if hasattr(result, "toDict") else result
    said = [message("assistant", [{"type": "unknown", "content": fields}])]
    return Answer(content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: said})


def _tool(call: Call) -> Operation:
    name = str(value_of(call.instance, "name"))
    return Operation(
        "execute_tool",
        name,
        None,
        {
            semconv.GEN_AI_TOOL_NAME: name,
            semconv.GEN_AI_TOOL_TYPE: "function",
            semconv.GEN_AI_TOOL_DESCRIPTION: value_of(call.instance, "desc"),
        },
        lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: dict(call.kwargs)},
        SpanKind.INTERNAL,
    )


def _tool_ran(result: Any) -> Answer:
    return Answer(content=lambda: {semconv.GEN_AI_TOOL_CALL_RESULT: result})


def _retrieval(call: Call) -> Operation:
    name = type(call.instance).__name__
    query = call.argument("query", 0)
    attributes = {
        semconv.GEN_AI_DATA_SOURCE_ID: name,
        semconv.GEN_AI_RETRIEVAL_TOP_K: value_of(call.instance, "k"),
    }
    return Operation(
        "retrieval",
        name,
        None,
        attributes,
        lambda: {semconv.GEN_AI_RETRIEVAL_QUERY_TEXT: query},
        SpanKind.INTERNAL,
    )


def _found(result: Any) -> Answer:
    passages = value_of(result, "passages") or ()
    return Answer(
        content=lambda: {
            semconv.GEN_AI_RETRIEVAL_DOCUMENTS: [{"content": each} for each in passages]
        }
    )


LIBRARY = Library(
    "dspy", "dspy", "dspy", "2.6",
    targets=(
        Target("dspy.primitives.module", "Module.__call__", _module, _predicted),
        Target("dspy.primitives.module", "Module.acall", _module, _predicted),
        Target("dspy.evaluate.evaluate", "Evaluate.__call__", _evaluation, _evaluated, optional=True),
        Target("dspy.utils.parallelizer", "ParallelExecutor.execute", _threads, optional=True),
        Target("dspy.adapters.types.tool", "Tool.__call__", _tool, _tool_ran),
        Target("dspy.adapters.types.tool", "Tool.acall", _tool, _tool_ran),
        Target("dspy.retrievers.embeddings", "Embeddings.__call__", _retrieval, _found, optional=True),
    ),
)  # fmt: skip
