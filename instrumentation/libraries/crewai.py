"""CrewAI: crews and flows as workflows, agents, tools; the calls of their models are told by the provider's SDK
below.

from crewai import Agent, Crew, Task
import spanhouse

spanhouse.instrument()
guide = Agent(role="guide", goal="answer", backstory="knows the sky", llm="gpt-4o")
task = Task(description="How far is the moon?", expected_output="a number", agent=guide)
Crew(agents=[guide], tasks=[task]).kickoff()
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Call, Library, Target
from ..messages import chat_messages, content_parts, message, parsed, value_of
from ..operation import Answer, Operation
from .openai_chat import text_of


def _workflow(call: Call) -> Operation | None:
    flow = call.instance
    if value_of(flow, "stream"):
        # It calls itself once more in a thread of its own, without `stream`, while the program reads what comes.
        return None
    name = text_of(value_of(flow, "name")) or type(flow).__name__
    inputs = call.argument("inputs", 0)
    return Operation(
        "invoke_workflow",
        name,
        attributes={semconv.GEN_AI_WORKFLOW_NAME: name},
        content=lambda: {
            semconv.GEN_AI_INPUT_MESSAGES: [_said("user", inputs)] if inputs else None
        },
        kind=SpanKind.INTERNAL,
    )


def _flow(call: Call) -> Operation | None:
    # An agent's loop is a Flow of CrewAI's own, below the agent's span.
    return None if type(call.instance).__module__.startswith("crewai.") else _workflow(call)


def _said(role: str, value: Any) -> dict[str, object]:
    if isinstance(value, str):
        return message(role, content_parts(value))
    return message(role, [{"type": "json", "content": value}])


def _answered(result: Any) -> Answer:
    if result is None:
        return Answer()
    raw = value_of(result, "raw", result)
    return Answer(content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_said("assistant", raw)]})


def _agent(call: Call, inputs: Any) -> Operation:
    agent = call.instance
    name = text_of(value_of(agent, "role"))
    return Operation(
        "invoke_agent",
        name.strip() if name else None,
        attributes={
            semconv.GEN_AI_AGENT_NAME: name.strip() if name else None,
            semconv.GEN_AI_AGENT_ID: str(value_of(agent, "id")),
            semconv.GEN_AI_AGENT_DESCRIPTION: text_of(value_of(agent, "goal")),
            semconv.GEN_AI_REQUEST_MODEL: text_of(value_of(value_of(agent, "llm"), "model")),
        },
        content=lambda: {
            semconv.GEN_AI_SYSTEM_INSTRUCTIONS: content_parts(value_of(agent, "backstory")) or None,
            semconv.GEN_AI_INPUT_MESSAGES: (
                chat_messages(inputs)
                if isinstance(inputs, list)
                else [message("user", content_parts(inputs))]
            ),
        },
        kind=SpanKind.INTERNAL,
    )


def _task(call: Call) -> Operation:
    return _agent(call, text_of(value_of(call.argument("task", 0), "description")))


def _kickoff(call: Call) -> Operation | None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _agent(call, call.argument("messages", 0))
    return None  # There it returns what `kickoff_async` does, which is told itself.


def _kickoff_async(call: Call) -> Operation:
    return _agent(call, call.argument("messages", 0))


def _tool(call: Call) -> Operation:
    tool = call.instance
    name = text_of(value_of(tool, "name")) or type(tool).__name__
    given = parsed(call.argument("input", 0))
    arguments = given if isinstance(given, dict) else {**_named(tool, call.args), **call.kwargs}
    return Operation(
        "execute_tool",
        name,
        attributes={
            semconv.GEN_AI_TOOL_NAME: name,
            semconv.GEN_AI_TOOL_TYPE: "function",
            semconv.GEN_AI_TOOL_DESCRIPTION: text_of(value_of(tool, "description")),
        },
        content=lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: arguments},
        kind=SpanKind.INTERNAL,
    )


def _named(tool: Any, args: tuple[Any, ...]) -> dict[str, Any]:
    fields = value_of(value_of(tool, "args_schema"), "model_fields") or {}
    return dict(zip(fields, args, strict=False))


def _tool_answered(result: Any) -> Answer:
    return Answer(content=lambda: {semconv.GEN_AI_TOOL_CALL_RESULT: result})


_TOOLS: Final = (
    ("crewai.tools.base_tool", "BaseTool.run"),
    ("crewai.tools.base_tool", "BaseTool.arun"),
    ("crewai.tools.base_tool", "Tool.run"),
    ("crewai.tools.base_tool", "Tool.arun"),
    ("crewai.tools.structured_tool", "CrewStructuredTool.invoke"),
    ("crewai.tools.structured_tool", "CrewStructuredTool.ainvoke"),
)

LIBRARY = Library(
    "crewai", "crewai", "crewai", "1.0",
    targets=(
        # `Crew.kickoff_async` and `Flow.kickoff` call these; `Task` calls `execute_task`.
        Target("crewai.crew", "Crew.kickoff", _workflow, _answered),
        Target("crewai.crew", "Crew.akickoff", _workflow, _answered, optional=True),
        Target("crewai.flow.runtime", "Flow.kickoff_async", _flow, _answered, optional=True),
        Target("crewai.agent.core", "Agent.execute_task", _task, _answered),
        Target("crewai.agent.core", "Agent.aexecute_task", _task, _answered, optional=True),
        Target("crewai.agent.core", "Agent.kickoff", _kickoff, _answered),
        Target("crewai.agent.core", "Agent.kickoff_async", _kickoff_async, _answered),
        *(Target(module, path, _tool, _tool_answered, optional=True) for module, path in _TOOLS),
    ),
)  # fmt: skip
