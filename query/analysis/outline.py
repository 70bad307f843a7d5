"""Which spans of a trace are cards of its transcript, in which order; which earlier calls a call may continue.

Works on the rows alone, so that a page of cards needs the content of its own spans only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from ..answers.transcript import Usage
from ..views.usage import dollars
from .attribution import MODEL_CALLS, RETRIEVALS
from .rows import TraceRows

CardType = Literal["agent", "turn", "tool", "retrieval", "step"]

# How many earlier calls of its agent's invocation a call may continue: parallel calls stand between.
_OF_INVOCATION = 8
# And of earlier invocations of an agent of that name: a conversation of several rounds in one trace.
_OF_AGENT = 4
_LOOK_BACK = 64
# Tool calls of one answer that are looked for among the spans after it.
_TOOLS_OF_CALL = 32

_TYPES: dict[str, CardType] = {
    **dict.fromkeys(MODEL_CALLS, "turn"),
    **dict.fromkeys(RETRIEVALS | {"embeddings"}, "retrieval"),
    "invoke_agent": "agent",
    "invoke_workflow": "agent",
    "execute_tool": "tool",
}


class Place(NamedTuple):
    """A card: its span, what it is, the span of the card it stands in (-1 at the top), how deep."""

    span: int
    type: CardType
    parent: int
    depth: int


class Outline:
    """The cards of a trace in pre-order."""

    def __init__(self, trace: TraceRows) -> None:
        self.trace = trace

    @cached_property
    def places(self) -> list[Place]:
        """All cards. A call of a model that only wraps another one is none: the inner one says the same."""
        trace, wrappers = self.trace, self.wrappers
        within: dict[int, tuple[int, int]] = {}
        places = []
        for span in trace.pre_order:
            parent, depth = within.get(trace.parent[span], (-1, 0))
            kind = self._type(span)
            if kind is not None and span not in wrappers:
                places.append(Place(span, kind, parent, depth))
                within[span] = (span, depth + 1)
            elif span in trace.children:
                within[span] = (parent, depth)
        return places

    def _type(self, span: int) -> CardType | None:
        operation = self.trace.operation[span]
        if operation:
            return _TYPES.get(operation, "step")
        return "step" if self.trace.status[span] == "Error" else None

    @cached_property
    def calls(self) -> list[int]:
        """The innermost calls of a model, by start."""
        wrappers = self.wrappers
        return [
            span
            for span, operation in enumerate(self.trace.operation)
            if operation in MODEL_CALLS and span not in wrappers
        ]

    @cached_property
    def wrappers(self) -> frozenset[int]:
        """Calls of a model with another one below and nothing of GenAI between."""
        trace, found = self.trace, set()
        for span, operation in enumerate(trace.operation):
            if operation not in MODEL_CALLS:
                continue
            at = trace.parent[span]
            while at >= 0 and not trace.operation[at]:
                at = trace.parent[at]
            if at >= 0 and trace.operation[at] in MODEL_CALLS:
                found.add(at)
        return frozenset(found)

    @cached_property
    def agent_of(self) -> dict[int, int]:
        """The nearest agent at or above each span that has one."""
        trace = self.trace
        found: dict[int, int] = {}
        for span in trace.pre_order:
            if _TYPES.get(trace.operation[span]) == "agent":
                found[span] = span
            elif (agent := found.get(trace.parent[span])) is not None:
                found[span] = agent
        return found

    def agent_name(self, span: int) -> str:
        """The name of the agent whose turn or card a span is; "" outside of one."""
        trace = self.trace
        agent = self.agent_of.get(span)
        return trace.agent[span] or ("" if agent is None else trace.agent[agent])

    def turn(self, call: int) -> int:
        """The number of a call among those of its agent's invocation, from 1."""
        return bisect_left(self._of_invocation(call), call) + 1

    def call_before(self, span: int) -> int | None:
        """The last call of the same invocation that began before a span: the one that asked for a tool."""
        calls = self._of_invocation(span)
        place = bisect_left(calls, span)
        return calls[place - 1] if place else None

    def tools_after(self, call: int) -> list[int]:
        """The tools of the same invocation that began before its next call, a few of many."""
        calls, agent = self._of_invocation(call), self.agent_of.get(call, -1)
        place = bisect_right(calls, call)
        tools = self._tools_by_invocation.get(agent, [])
        end = bisect_left(tools, calls[place]) if place < len(calls) else len(tools)
        return tools[bisect_right(tools, call) : end][:_TOOLS_OF_CALL]

    def continuable(self, call: int) -> list[int]:
        """The earlier calls that a call may continue, the latest first."""
        of_invocation = self._of_invocation(call)
        place = bisect_left(of_invocation, call)
        candidates = of_invocation[max(0, place - _OF_INVOCATION) : place]
        agent = self.agent_of.get(call)
        if agent is not None and self.trace.agent[agent]:
            of_agent = self._by_agent[self._agent_key(agent)]
            # The others of this invocation are skipped, so a bounded look back finds few of many rounds at worst.
            earlier = of_agent[: bisect_left(of_agent, call)][-_LOOK_BACK:]
            others = [other for other in earlier if self.agent_of.get(other) != agent]
            candidates = sorted(candidates + others[-_OF_AGENT:])
        return candidates[::-1]

    def _of_invocation(self, span: int) -> list[int]:
        return self._by_invocation.get(self.agent_of.get(span, -1), [])

    @cached_property
    def _by_invocation(self) -> dict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for call in self.calls:
            found[self.agent_of.get(call, -1)].append(call)
        return found

    @cached_property
    def _tools_by_invocation(self) -> dict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for span, operation in enumerate(self.trace.operation):
            if operation == "execute_tool":
                found[self.agent_of.get(span, -1)].append(span)
        return found

    @cached_property
    def _by_agent(self) -> dict[tuple[str, str], list[int]]:
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for call in self.calls:
            if (agent := self.agent_of.get(call)) is not None:
                found[self._agent_key(agent)].append(call)
        return found

    def _agent_key(self, agent: int) -> tuple[str, str]:
        return self.trace.service[agent], self.trace.agent[agent]

    def usage(self, spans: Sequence[int]) -> Usage:
        """What some spans used; only what counts in the trace's own totals is added."""
        trace, wrappers = self.trace, self.wrappers
        counted = [span for span in spans if trace.counted[span]]
        return Usage(
            model_calls=sum(
                trace.operation[span] in MODEL_CALLS and span not in wrappers for span in spans
            ),
            tool_calls=sum(trace.operation[span] == "execute_tool" for span in spans),
            errors=sum(trace.status[span] == "Error" for span in spans),
            input_tokens=sum(trace.input_tokens[span] for span in counted),
            output_tokens=sum(trace.output_tokens[span] for span in counted),
            cost=dollars_of([trace.cost[span] for span in counted]),
        )


def dollars_of(costs: Iterable[int | None]) -> float | None:
    """The sum of what is known of some costs in 10^-24 dollars, in dollars; None where nothing is."""
    known = [cost for cost in costs if cost is not None]
    return float(dollars(sum(known))) if known else None
