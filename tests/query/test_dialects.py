"""One agent's run in each dialect, sent by the real exporter, reads the same: messages, tools, tokens, cost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import Span, set_span_in_context

from .conftest import Api
from .dialects import Step, others, semconv
from .test_usage import priced_trace

DIALECTS: dict[str, list[Step]] = {
    "gen_ai": semconv.NEWEST,
    "gen_ai, older": semconv.OLDER,
    "pydantic-ai": semconv.PYDANTIC_AI,
    "openinference": others.OPENINFERENCE,
    "openllmetry": others.OPENLLMETRY,
    "mlflow": others.MLFLOW,
    "vercel": others.VERCEL,
    "langfuse": others.LANGFUSE,
}

CALLS = [{"type": "tool_call", "name": "get_order", "arguments": {"order_id": "7731"}, "id": "c1"}]
TOLD = [{"type": "tool_call_response", "id": "c1", "response": {"status": "shipped"}}]


def send(api: Api, steps: list[Step]) -> str:
    """Export a run with the SDK; returns the trace's id. Each span begins after the one before it."""
    door = api.get("/api/version")["endpoints"]["otlp_http"]
    headers = {"x-spanhouse-project": api.project}
    exporter = OTLPSpanExporter(endpoint=f"{door}/v1/traces", headers=headers)
    provider = TracerProvider(resource=Resource({"service.name": "bot"}), shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = provider.get_tracer("tests")
    spans: dict[str, Span] = {}
    for step in steps:
        context = set_span_in_context(spans[step.parent]) if step.parent else None
        span = tracer.start_span(step.name, context=context, attributes=dict(step.attributes))
        for name, attributes in step.events:
            span.add_event(name, dict(attributes))
        spans[step.name] = span
    for span in reversed(list(spans.values())):
        span.end()
    provider.shutdown()
    return f"{next(iter(spans.values())).get_span_context().trace_id:032x}"


def read(api: Api, trace_id: str) -> dict[str, list[dict[str, Any]]]:
    """The GenAI side of a trace's spans, by operation, by start."""
    skeleton = api.get(f"/api/traces/{trace_id}/skeleton")["spans"]
    found: dict[str, list[dict[str, Any]]] = {}
    for span_id in skeleton["span_id"]:
        gen_ai = api.get(f"/api/traces/{trace_id}/spans/{span_id}")["gen_ai"]
        found.setdefault(gen_ai["operation"], []).append(gen_ai)
    return found


def said(messages: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Role and text, or else parts, of messages; the name in a tool's answer is one dialect's extra."""
    shown: list[tuple[str, Any]] = []
    for message in messages:
        parts = [
            {
                k: v
                for k, v in part.items()
                if not (part["type"] == "tool_call_response" and k == "name")
            }
            for part in message["parts"]
        ]
        texts = [part["content"] for part in parts if part["type"] == "text"]
        shown.append((message["role"], texts[0] if len(texts) == len(parts) == 1 else parts))
    return shown


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_run_reads_the_same_in_every_dialect(api: Api, dialect: str) -> None:
    trace_id = send(api, DIALECTS[dialect])
    cost = priced_trace(api, trace_id)
    spans = read(api, trace_id)
    first, second = spans["chat"]
    assert said([{"role": "system", "parts": first["system_instructions"]}]) == [
        ("system", "Be brief.")
    ]
    assert said(first["input_messages"]) == [("user", "Where is order 7731?")]
    assert said(first["output_messages"]) == [("assistant", CALLS)]
    assert said(second["input_messages"]) == [
        ("user", "Where is order 7731?"),
        ("assistant", CALLS),
        ("tool", TOLD),
    ]
    assert said(second["output_messages"]) == [("assistant", "It was shipped.")]
    (tool,) = spans["execute_tool"]
    assert tool["tool_name"] == "get_order"
    assert json.loads(tool["tool_arguments"]) == {"order_id": "7731"}
    assert json.loads(tool["tool_result"]) == {"status": "shipped"}
    (agent,) = spans["invoke_agent"]
    assert (agent["agent_name"], agent["conversation_id"], agent["user_id"]) == (
        "support",
        "s-1",
        "ann",
    )
    for retrieval in spans.get("retrieval", []):
        assert retrieval["query"] == "late parcels"
        assert retrieval["documents"] == [{"id": "help-1", "score": 0.9}]
    tokens = ("input_tokens", "output_tokens", "cache_read_tokens", "reasoning_tokens")
    assert [tuple(call[name] for name in tokens) for call in (first, second)] == [
        (1000, 50, 0, 20),
        (1200, 30, 1024, 10),
    ]
    assert (cost["input_tokens"], cost["output_tokens"], cost["total"]) == (2208, 80, "0.00502016")
    assert [(span["operation"], span["cost"]) for span in cost["spans"]] == [
        ("chat", "0.003"),
        ("embeddings", "0.00000016"),
        ("chat", "0.00202"),
    ]
    assert {span["price_name"] for span in cost["spans"]} == {
        "openai/gpt-4o",
        "openai/text-embedding-3-small",
    }
