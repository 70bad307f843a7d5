"""A GenAI span's conversation, whichever way its sender wrote it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spanhouse.query.views.gen_ai import messages, parts_of

from .conftest import Api
from .sent import T0, Value, key_values, span, span_id, trace_id, traces


def said(text: str, role: str = "user") -> list[dict[str, Any]]:
    """The messages of a JSON text, as the API shows them."""
    return [message.model_dump(exclude_none=True) for message in messages(text, role)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("[]", []),
        ("null", []),
        (
            '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]',
            [{"role": "user", "parts": [{"type": "text", "content": "hi"}]}],
        ),
        (
            '[{"role":"assistant","finish_reason":"tool_call","parts":[{"type":"reasoning","content":"hm"},'
            '{"type":"tool_call","id":"c1","name":"f","arguments":{"x":1}}]}]',
            [
                {
                    "role": "assistant",
                    "parts": [
                        {"type": "reasoning", "content": "hm"},
                        {"type": "tool_call", "id": "c1", "name": "f", "arguments": {"x": 1}},
                    ],
                    "finish_reason": "tool_call",
                }
            ],
        ),
        (
            '[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","result":[1]}]}]',
            [
                {
                    "role": "tool",
                    "parts": [{"type": "tool_call_response", "id": "c1", "response": [1]}],
                }
            ],
        ),
        (
            '[{"role":"user","parts":[{"type":"blob","mime_type":"image/png","content":"AA=="}]}]',
            [
                {
                    "role": "user",
                    "parts": [{"type": "blob", "content": "AA==", "mime_type": "image/png"}],
                }
            ],
        ),
        # A chat completion's own shape.
        (
            '[{"role":"user","content":"hi","name":"ann"}]',
            [{"role": "user", "parts": [{"type": "text", "content": "hi"}], "name": "ann"}],
        ),
        (
            '[{"role":"user","content":[{"type":"text","text":"hi"}]}]',
            [{"role": "user", "parts": [{"type": "text", "content": "hi"}]}],
        ),
        (
            '[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",'
            '"function":{"name":"f","arguments":"{}"}}]}]',
            [
                {
                    "role": "assistant",
                    "parts": [{"type": "tool_call", "id": "c1", "name": "f", "arguments": "{}"}],
                }
            ],
        ),
        (
            '[{"role":"tool","tool_call_id":"c1","content":"42"}]',
            [
                {
                    "role": "tool",
                    "parts": [{"type": "tool_call_response", "id": "c1", "response": "42"}],
                }
            ],
        ),
        # What is no message at all is still shown.
        ("not json", [{"role": "user", "parts": [{"type": "text", "content": "not json"}]}]),
        ('["a"]', [{"role": "user", "parts": [{"type": "text", "content": "a"}]}]),
        ("5", [{"role": "user", "parts": [{"type": "text", "content": "5"}]}]),
        (
            '[{"role":"user","parts":[{"no":"type"}]}]',
            [{"role": "user", "parts": [{"type": "text", "content": '{"no":"type"}'}]}],
        ),
        (
            '{"role":5,"parts":"hi"}',
            [{"role": "user", "parts": [{"type": "text", "content": "hi"}]}],
        ),
        (
            '[{"role":"user","parts":[{"type":"tool_call","id":7,"name":null}]}]',
            [{"role": "user", "parts": [{"type": "tool_call", "id": "7"}]}],
        ),
        ('[{"role":"user","parts":', None),
    ],
)
def test_messages_are_read_whatever_their_shape(
    text: str, expected: list[dict[str, Any]] | None
) -> None:
    if expected is None:
        expected = [{"role": "user", "parts": [{"type": "text", "content": text}]}]
    assert said(text) == expected


def test_instructions_are_parts() -> None:
    parts = parts_of([{"type": "text", "content": "be brief"}, "and kind"])
    assert [(part.type, part.content) for part in parts] == [
        ("text", "be brief"),
        ("text", "and kind"),
    ]


CHAT: dict[str, Value] = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "m-1",
    "gen_ai.response.model": "m-1-2026",
    "gen_ai.usage.input_tokens": 100,
    "gen_ai.usage.output_tokens": 20,
    "gen_ai.usage.cache_read.input_tokens": 60,
    "gen_ai.response.finish_reasons": ["stop"],
    "gen_ai.conversation.id": "c-7",
    "gen_ai.system_instructions": '[{"type":"text","content":"be brief"}]',
    "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]',
    # The structured form, which arrives as a key-value list.
    "gen_ai.output.messages": [
        {
            "role": "assistant",
            "parts": [{"type": "text", "content": "ho"}],
            "finish_reason": "stop",
        }
    ],
    "gen_ai.tool.definitions": '[{"type":"function","name":"f"}]',
}


def test_a_chat_span_shows_its_conversation(api: Api) -> None:
    api.send(traces([span(1, 1, attributes=CHAT)]))
    found = api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(1)}")["gen_ai"]
    assert found == {
        "dialect": "gen_ai",
        "response_id": "",
        "service_tier": "",
        "cache_write_1h_tokens": 0,
        "input_audio_tokens": 0,
        "output_audio_tokens": 0,
        "time_to_first_chunk": 0,
        "user_id": "",
        "query": "",
        "documents": [],
        "operation": "chat",
        "provider": "openai",
        "request_model": "m-1",
        "response_model": "m-1-2026",
        "input_tokens": 100,
        "output_tokens": 20,
        "cache_read_tokens": 60,
        "cache_write_tokens": 0,
        "reasoning_tokens": 0,
        "finish_reasons": ["stop"],
        "conversation_id": "c-7",
        "agent_name": "",
        "tool_name": "",
        "tool_call_id": "",
        "tool_arguments": "",
        "tool_result": "",
        "system_instructions": [{"type": "text", "content": "be brief"}],
        "input_messages": [{"role": "user", "parts": [{"type": "text", "content": "hi"}]}],
        "output_messages": [
            {
                "role": "assistant",
                "parts": [{"type": "text", "content": "ho"}],
                "finish_reason": "stop",
            }
        ],
        "tool_definitions": [{"type": "function", "name": "f"}],
    }


def test_a_tool_span_shows_its_call(api: Api) -> None:
    attributes: dict[str, Value] = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "search",
        "gen_ai.tool.call.id": "c1",
        "gen_ai.tool.call.arguments": {"q": "x"},
        "gen_ai.tool.call.result": "[1]",
    }
    api.send(traces([span(1, 1, attributes=attributes)]))
    found = api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(1)}")["gen_ai"]
    assert [found[f"tool_{name}"] for name in ("name", "call_id", "arguments", "result")] == [
        "search",
        "c1",
        '{"q":"x"}',
        "[1]",
    ]


def test_messages_in_span_events_are_the_conversation_too(api: Api) -> None:
    chat = span(1, 1, attributes={"gen_ai.system": "openai"})
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    events: list[tuple[str, dict[str, Any]]] = [
        ("gen_ai.system.message", {"content": "be brief"}),
        ("gen_ai.user.message", {"gen_ai.event.content": '{"role":"user","content":"hi"}'}),
        ("gen_ai.assistant.message", {"tool_calls": json.dumps([call])}),
        ("gen_ai.tool.message", {"id": "c1", "content": "42"}),
        ("gen_ai.choice", {"index": 0, "finish_reason": "stop", "message": '{"content":"ho"}'}),
        ("unrelated", {"content": "not said"}),
    ]
    for name, attributes in events:
        chat.events.add(time_unix_nano=T0, name=name, attributes=key_values(attributes))
    api.send(traces([chat]))
    found = api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(1)}")["gen_ai"]
    assert found["provider"] == "openai"
    assert [part["content"] for part in found["system_instructions"]] == ["be brief"]
    inputs = [(message["role"], message["parts"][0]["type"]) for message in found["input_messages"]]
    assert inputs == [("user", "text"), ("assistant", "tool_call"), ("tool", "tool_call_response")]
    assert found["input_messages"][2]["parts"][0]["response"] == "42"
    [answer] = found["output_messages"]
    assert (answer["role"], answer["finish_reason"]) == ("assistant", "stop")
    assert answer["parts"][0]["content"] == "ho"


def test_a_span_without_genai_has_none(api: Api) -> None:
    api.send(traces([span(1, 1, attributes={"http.route": "/"})]))
    assert api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(1)}")["gen_ai"] is None
