"""A shop's support agent: model calls, tools, a tool that fails once, retrieval, and a second agent it asks.

Attribute names and the JSON of the messages are those of OpenTelemetry's GenAI conventions.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field, replace
from typing import Any

from opentelemetry.util.types import AttributeValue

from .openinference import in_openinference
from .plan import CLIENT, INTERNAL, SERVER, Attributes, Step, leaf, sequence, side_by_side
from .script import DELIVERY, QUESTIONS, SUPPORT, Script

SERVICE = "support-agent"
TOOLS_SERVICE = "shop-tools"

Message = dict[str, Any]


@dataclass
class Conversation:
    """What a model has been told so far; every turn sends all of it again."""

    script: Script
    conversation_id: str
    dice: random.Random
    messages: list[Message] = field(default_factory=list)
    seen_tokens: int = 0
    """Of the previous turn: the provider has them in its cache."""

    def said(self, role: str, *parts: Message) -> None:
        """Add a message."""
        self.messages.append({"role": role, "parts": list(parts)})

    def chat(self, *parts: Message, streamed: bool = False) -> Step:
        """One model call that answers `parts`; they become part of the conversation."""
        dice, script = self.dice, self.script
        is_call = parts[-1]["type"] == "tool_call"
        finish = "tool_call" if is_call else "stop"
        answer = {"role": "assistant", "parts": list(parts), "finish_reason": finish}
        tokens = self._tokens(list(parts))
        first = dice.uniform(280, 620) + tokens["gen_ai.usage.input_tokens"] * 0.05
        took = first + tokens["gen_ai.usage.output_tokens"] * dice.uniform(9, 14)
        attributes: dict[str, AttributeValue] = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": script.provider,
            "gen_ai.request.model": script.model,
            "gen_ai.response.model": script.response_model,
            "gen_ai.response.id": f"resp_{dice.getrandbits(80):020x}",
            "gen_ai.response.finish_reasons": [finish],
            "gen_ai.request.temperature": 0.2,
            "gen_ai.request.max_tokens": 2048,
            "gen_ai.conversation.id": self.conversation_id,
            "gen_ai.output.type": "text",
            "gen_ai.system_instructions": _json([text(script.instructions)]),
            "gen_ai.tool.definitions": _json(script.tools),
            "gen_ai.input.messages": _json(self.messages),
            "gen_ai.output.messages": _json([answer]),
            "server.address": script.server,
            "server.port": 443,
            **tokens,
        }
        step = leaf(SERVICE, f"chat {script.model}", CLIENT, took, attributes)
        if streamed:
            step = _streamed(step, first, parts[-1]["content"])
        self.messages.append(
            {"role": "assistant", "parts": [part for part in parts if part["type"] != "reasoning"]}
        )
        return step

    def _tokens(self, parts: list[Message]) -> dict[str, int]:
        """About four characters a token, as these models count."""
        offered = [self.script.instructions, _json(self.script.tools), _json(self.messages)]
        read = sum(map(len, offered)) // 4
        cached = self.seen_tokens // 128 * 128
        self.seen_tokens = read
        reasoning = sum(len(part["content"]) for part in parts if part["type"] == "reasoning")
        return {
            "gen_ai.usage.input_tokens": read,
            "gen_ai.usage.output_tokens": len(_json(parts)) // 4,
            "gen_ai.usage.cache_read.input_tokens": cached,
            "gen_ai.usage.cache_write.input_tokens": max(0, read // 128 * 128 - cached),
            "gen_ai.usage.reasoning.output_tokens": reasoning // 4,
        }

    def used(
        self, call: Message, took: float, result: Any, inside: list[Step] | None = None
    ) -> Step:
        """A tool that ran for a `call` of the model; its result becomes part of the conversation."""
        self.said("tool", {"type": "tool_call_response", "id": call["id"], "response": result})
        attributes = _tool(call) | {"gen_ai.tool.call.result": _json(result)}
        name = f"execute_tool {call['name']}"
        if inside is None:
            return replace(leaf(SERVICE, name, INTERNAL, took, attributes), succeeded=True)
        return replace(
            sequence(SERVICE, name, INTERNAL, attributes, inside, gap=took / 8), succeeded=True
        )


def text(content: str) -> Message:
    """A part that is prose."""
    return {"type": "text", "content": content}


def reasoning(content: str) -> Message:
    """A part the user does not see."""
    return {"type": "reasoning", "content": content}


def tool_call(dice: random.Random, name: str, **arguments: Any) -> Message:
    """A part that asks for a tool."""
    return {
        "type": "tool_call",
        "id": f"call_{dice.getrandbits(64):016x}",
        "name": name,
        "arguments": arguments,
    }


def late_parcel(dice: random.Random) -> Step:
    """The notable one: a late parcel, seven model calls, a tool that times out, a second agent."""
    talk = Conversation(SUPPORT, f"conv_{dice.getrandbits(48):012x}", dice)
    talk.said("user", text(SUPPORT.question))
    lines = SUPPORT.lines
    order = tool_call(dice, "get_order", order_id="7731")
    steps = [talk.chat(reasoning(lines["plan"]), order)]
    steps.append(talk.used(order, 40, SUPPORT.results["get_order"], [_order_row(dice)]))
    track = tool_call(dice, "track_parcel", tracking_number="JD014600003")
    policy = tool_call(dice, "search_help", query="parcel late change delivery address in transit")
    steps.append(talk.chat(reasoning(lines["look"]), track, policy))
    steps.append(_both(dice, talk, track, policy))
    steps.append(talk.used(track, 30, SUPPORT.results["track_parcel"], [_carrier(dice, 212, 200)]))
    handover = tool_call(dice, "ask_delivery_agent", task=lines["task"])
    steps.append(talk.chat(reasoning(lines["decide"]), handover))
    steps.append(
        talk.used(handover, 12, lines["done"], [_delivery_agent(dice, talk.conversation_id)])
    )
    steps.append(talk.chat(text(lines["answer"]), streamed=True))
    root = sequence(SERVICE, f"invoke_agent {SUPPORT.agent}", INTERNAL, _agent(talk), steps, gap=6)
    root = replace(root, succeeded=True, attributes={**root.attributes, "user.id": "customer-2207"})
    score: Attributes = {
        "gen_ai.evaluation.name": "answer_relevance",
        "gen_ai.evaluation.score.value": 0.94,
        "gen_ai.evaluation.score.label": "pass",
        "gen_ai.evaluation.explanation": "Names the cause, the new date and the address that was asked for.",
    }
    return root.with_note(
        "INFO", "conversation started", 1, {"user.id": "customer-2207", "channel": "web"}
    ).with_note("INFO", "answer scored", root.milliseconds, score, "gen_ai.evaluation.result")


def short_question(dice: random.Random, slow: float) -> Step:
    """An ordinary question: one model call, or two around a tool; every third is traced by OpenInference."""
    question = dice.choice(QUESTIONS)
    talk = Conversation(SUPPORT, f"conv_{dice.getrandbits(48):012x}", dice)
    talk.said("user", text(question.asked))
    steps = []
    if question.tool:
        call = tool_call(dice, question.tool, **question.arguments)
        steps.append(talk.chat(call))
        steps.append(talk.used(call, dice.uniform(20, 160) * slow, question.result))
    steps.append(talk.chat(text(question.answer)))
    asks = _agent(talk) | {"user.id": f"customer-{dice.randrange(2200, 2240)}"}
    answered = sequence(
        SERVICE, f"invoke_agent {SUPPORT.agent}", INTERNAL, asks, steps, gap=3 * slow
    )
    return in_openinference(answered) if dice.random() < 1 / 3 else answered


def _agent(talk: Conversation) -> dict[str, AttributeValue]:
    return {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": talk.script.agent,
        "gen_ai.agent.description": talk.script.description,
        "gen_ai.conversation.id": talk.conversation_id,
    }


def _tool(call: Message) -> dict[str, AttributeValue]:
    return {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": call["name"],
        "gen_ai.tool.type": "function",
        "gen_ai.tool.call.id": call["id"],
        "gen_ai.tool.call.arguments": _json(call["arguments"]),
    }


def _both(dice: random.Random, talk: Conversation, track: Message, policy: Message) -> Step:
    """Two tools side by side, of which the first times out."""
    attributes = _tool(track) | {"error.type": "timeout"}
    waited = _carrier(dice, 3000, None)
    failed = sequence(
        SERVICE, "execute_tool track_parcel", INTERNAL, attributes, [waited], gap=2, failed=_TIMEOUT
    )
    failed = failed.with_event(
        "exception",
        failed.milliseconds,
        {
            "exception.type": "httpx.ReadTimeout",
            "exception.message": _TIMEOUT,
            "exception.stacktrace": _TIMEOUT_STACK,
        },
    ).with_note(
        "WARN",
        f"track_parcel: {_TIMEOUT}; trying once more",
        failed.milliseconds,
        {"retry.attempt": 1},
    )
    found = talk.used(policy, 16, SUPPORT.results["search_help"], _searched(dice, policy))
    return side_by_side(SERVICE, "run tools", INTERNAL, {"tools.count": 2}, [failed, found], gap=1)


def _searched(dice: random.Random, call: Message) -> list[Step]:
    query = call["arguments"]["query"]
    embedded: Attributes = {
        "gen_ai.operation.name": "embeddings",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "text-embedding-3-small",
        "gen_ai.response.model": "text-embedding-3-small",
        "gen_ai.usage.input_tokens": len(query) // 4,
        "gen_ai.embeddings.dimension.count": 1536,
    }
    retrieved: Attributes = {
        "gen_ai.operation.name": "retrieval",
        "gen_ai.data_source.id": "help-center",
        "gen_ai.retrieval.query.text": query,
        "gen_ai.retrieval.top_k": 3,
        "gen_ai.retrieval.documents": _json(
            [
                {"id": f"help-{number}", "score": score}
                for number, score in ((118, 0.912), (44, 0.871), (207, 0.655))
            ]
        ),
    }
    return [
        leaf(SERVICE, "embeddings text-embedding-3-small", CLIENT, dice.uniform(60, 140), embedded),
        leaf(SERVICE, "retrieval help-center", CLIENT, dice.uniform(8, 30), retrieved),
    ]


def _delivery_agent(dice: random.Random, conversation_id: str) -> Step:
    """The second agent: another provider, its own instructions, a tool that changes something."""
    talk = Conversation(DELIVERY, conversation_id, dice)
    talk.said("user", text(SUPPORT.lines["task"]))
    change = tool_call(
        dice, "change_address", order_id="7731", address="Lindenstraße 12, 10969 Berlin"
    )
    steps = [talk.chat(reasoning(DELIVERY.lines["plan"]), change)]
    steps.append(
        talk.used(change, 60, DELIVERY.results["change_address"], [_address_written(dice)])
    )
    steps.append(talk.chat(text(SUPPORT.lines["done"])))
    invoked = sequence(
        SERVICE, f"invoke_agent {DELIVERY.agent}", INTERNAL, _agent(talk), steps, gap=4
    )
    return replace(invoked, succeeded=True)


def _streamed(step: Step, first: float, content: str) -> Step:
    """The chunks of a streamed answer as events, a dozen at most."""
    step = replace(
        step,
        attributes={
            **step.attributes,
            "gen_ai.request.stream": True,
            "gen_ai.response.time_to_first_chunk": first / 1000,
        },
    )
    words = content.split(" ")
    size = -(-len(words) // 12)
    pieces = [" ".join(words[start : start + size]) for start in range(0, len(words), size)]
    for number, piece in enumerate(pieces):
        at = first + (step.milliseconds - first) * number / len(pieces)
        step = step.with_event(
            "gen_ai.stream.chunk", at, {"chunk.index": number, "chunk.text": piece}
        )
    return step


def _order_row(dice: random.Random) -> Step:
    query: Attributes = {
        "db.system.name": "postgresql",
        "db.namespace": "shop",
        "db.operation.name": "SELECT",
        "db.collection.name": "orders",
        "db.query.text": "SELECT id, status, carrier, tracking_number FROM orders WHERE id = $1",
        "db.response.returned_rows": 1,
    }
    return _tool_server(
        "GET",
        "/orders/{id}",
        200,
        [leaf(TOOLS_SERVICE, "SELECT orders", CLIENT, dice.uniform(2, 6), query)],
    )


def _address_written(dice: random.Random) -> Step:
    query: Attributes = {
        "db.system.name": "postgresql",
        "db.namespace": "shop",
        "db.operation.name": "UPDATE",
        "db.collection.name": "shipments",
        "db.query.text": "UPDATE shipments SET address = $1 WHERE order_id = $2",
        "db.response.affected_rows": 1,
    }
    return _tool_server(
        "PUT",
        "/orders/{id}/address",
        200,
        [leaf(TOOLS_SERVICE, "UPDATE shipments", CLIENT, dice.uniform(4, 9), query)],
    )


def _tool_server(method: str, route: str, status: int, children: list[Step]) -> Step:
    attributes: Attributes = {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": status,
        "server.address": "tools.shop.svc",
    }
    served = sequence(TOOLS_SERVICE, f"{method} {route}", SERVER, attributes, children, gap=1.2)
    return sequence(SERVICE, method, CLIENT, attributes, [served], gap=1.5)


def _carrier(dice: random.Random, took: float, status: int | None) -> Step:
    attributes: dict[str, AttributeValue] = {
        "http.request.method": "GET",
        "url.full": "https://api.carrier.example/v2/parcels/JD014600003",
        "server.address": "api.carrier.example",
        "server.port": 443,
    }
    if status is None:
        attributes["error.type"] = "timeout"
        return leaf(SERVICE, "GET", CLIENT, took, attributes, failed="read timed out after 3 s")
    attributes["http.response.status_code"] = status
    return leaf(SERVICE, "GET", CLIENT, took * dice.uniform(0.9, 1.2), attributes)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_TIMEOUT = "the carrier's API did not answer within 3 s"
_TIMEOUT_STACK = """\
Traceback (most recent call last):
  File "/srv/support/tools/parcels.py", line 37, in track_parcel
    response = await carrier.get(f"/v2/parcels/{tracking_number}", timeout=3)
  File "/srv/support/.venv/lib/python3.13/site-packages/httpx/_client.py", line 1768, in get
    return await self.request(
  File "/srv/support/.venv/lib/python3.13/site-packages/httpx/_transports/default.py", line 118, in map_exceptions
    raise mapped_exc(message) from exc
httpx.ReadTimeout: the carrier's API did not answer within 3 s"""
