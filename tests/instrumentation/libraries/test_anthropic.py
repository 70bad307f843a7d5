"""Anthropic's own package makes its spans; they arrive once, in the canonical names, with content by our policy."""

from __future__ import annotations

from typing import Any

import anthropic
import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider

HELLO: Any = [{"role": "user", "content": "hello"}]
WEATHER: Any = [
    {
        "name": "weather",
        "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}},
    }
]
SAID = '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}]}]'


def usage(span: dict[str, Any]) -> tuple[Any, ...]:
    buckets = (
        "input_tokens",
        "output_tokens",
        "cache_read.input_tokens",
        "cache_write.input_tokens",
    )
    return tuple(span["attributes"].get(f"gen_ai.usage.{bucket}") for bucket in buckets)


def test_a_message_is_one_whole_span(telemetry: Captured, provider: Provider) -> None:
    answer = anthropic.Anthropic().messages.create(
        model="claude-x", max_tokens=9, messages=HELLO, system="Be brief"
    )
    assert answer.content[0].text == "You said: hello"
    port = int(provider.url.rsplit(":", 1)[1])
    assert telemetry.written() == [
        {
            "name": "chat claude-x", "kind": "CLIENT", "id": 1, "parent": None, "status": "OK", "events": [],
            "attributes": {
                "server.address": "127.0.0.1",
                "server.port": port,
                "gen_ai.provider.name": "anthropic",
                "gen_ai.operation.name": "chat",
                "gen_ai.request.model": "claude-x",
                "gen_ai.request.max_tokens": 9,
                "http.request.method": "POST",
                "http.route": "/v1/messages",
                "url.scheme": "http",
                "url.path": "/v1/messages",
                "url.full": f"{provider.url}/v1/messages",
                "http.response.status_code": 200,
                "gen_ai.usage.input_tokens": 7,
                "gen_ai.usage.output_tokens": 3,
                "gen_ai.usage.cache_read.input_tokens": 2,
                "gen_ai.system_instructions": '[{"type":"text","content":"Be brief"}]',
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.output.messages": SAID,
                "gen_ai.response.id": "msg_1",
                "gen_ai.response.model": "claude-x",
                "anthropic.message.stop_reason": "end_turn",
                "gen_ai.response.finish_reasons": ["end_turn"],
            },
        }
    ]  # fmt: skip


def test_streams_tell_the_same(telemetry: Captured) -> None:
    client = anthropic.Anthropic()
    with client.messages.stream(model="claude-x", max_tokens=9, messages=HELLO) as events:
        assert "".join(events.text_stream) == "You said: hello"
    list(client.messages.create(model="claude-x", max_tokens=9, messages=HELLO, stream=True))
    managed, plain = telemetry.written()
    assert usage(managed) == usage(plain) == (7, 3, 2, None)
    assert managed["attributes"]["gen_ai.output.messages"] == SAID
    assert managed["attributes"]["gen_ai.response.time_to_first_chunk"] > 0


async def test_asynchronously(telemetry: Captured) -> None:
    async with anthropic.AsyncAnthropic() as client:
        await client.messages.create(model="claude-x", max_tokens=9, messages=HELLO)
        async with client.messages.stream(model="claude-x", max_tokens=9, messages=HELLO) as events:
            await events.get_final_message()
    assert [usage(span) for span in telemetry.written()] == [(7, 3, 2, None), (7, 3, 2, None)]


def test_a_tool_call(telemetry: Captured) -> None:
    client = anthropic.Anthropic()
    messages: Any = [{"role": "user", "content": "the weather"}]
    answer = client.messages.create(
        model="claude-x", max_tokens=9, messages=messages, tools=WEATHER
    )
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "clear"}
    messages += [
        {"role": "assistant", "content": answer.content},
        {"role": "user", "content": [result]},
    ]
    client.messages.create(model="claude-x", max_tokens=9, messages=messages, tools=WEATHER)
    first, second = (span["attributes"] for span in telemetry.written())
    assert first["gen_ai.response.finish_reasons"] == ["tool_use"]
    assert '"type":"tool_call"' in first["gen_ai.output.messages"]
    assert '"type":"tool_call_response"' in second["gen_ai.input.messages"]


def test_an_error(telemetry: Captured) -> None:
    with pytest.raises(anthropic.BadRequestError):
        anthropic.Anthropic().messages.create(
            model="x", max_tokens=9, messages=[{"role": "user", "content": "fail"}]
        )
    [span] = telemetry.written()
    assert (span["status"], span["attributes"]["error.type"]) == ("ERROR", "invalid_request_error")


def test_content_off_redaction_and_undo(provider: Provider) -> None:
    with captured(content=False) as told:
        anthropic.Anthropic().messages.create(model="claude-x", max_tokens=9, messages=HELLO)
        [span] = told.written()
    assert not [value for value in span["attributes"].values() if "hello" in str(value)]
    with captured(redact=["email"]) as told:
        messages: Any = [{"role": "user", "content": "mail me@example.org"}]
        anthropic.Anthropic().messages.create(model="claude-x", max_tokens=9, messages=messages)
        [span] = told.written()
    assert "mail [e-mail removed]" in span["attributes"]["gen_ai.input.messages"]
    import os

    assert "ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE" not in os.environ
