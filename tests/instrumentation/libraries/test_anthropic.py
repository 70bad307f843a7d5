"""Anthropic's own package makes its spans; they arrive once, in the canonical names, with content by our policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import anthropic
import pytest

from spanhouse.instrumentation.libraries import anthropic as traced
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import names, said

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


@pytest.fixture
def wrapped(monkeypatch: pytest.MonkeyPatch, provider: Provider) -> Iterator[Captured]:
    """What is told where the package tells nothing: as before 1.13, or when it was told so."""
    monkeypatch.setenv("ANTHROPIC_OPEN_TELEMETRY", "false")
    monkeypatch.setattr(traced, "LIBRARY", traced.library())
    create = vars(anthropic.resources.Messages)["create"]
    with captured() as kept:
        assert kept.report["anthropic"].state == "ok"
        yield kept
        assert len(kept.spans()) == len(provider.log)
    assert vars(anthropic.resources.Messages)["create"] is create


def test_wrapped_a_message_is_one_whole_span(wrapped: Captured, provider: Provider) -> None:
    answer = anthropic.Anthropic().messages.create(
        model="claude-x", max_tokens=9, messages=HELLO, system="Be brief", stop_sequences=["END"]
    )
    assert type(answer) is anthropic.types.Message
    assert wrapped.written() == [
        {
            "name": "chat claude-x", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "anthropic",
                "gen_ai.request.model": "claude-x",
                "server.address": "127.0.0.1",
                "server.port": int(provider.url.rsplit(":", 1)[1]),
                "gen_ai.request.max_tokens": 9,
                "gen_ai.request.stop_sequences": ["END"],
                "gen_ai.system_instructions": '[{"type":"text","content":"Be brief"}]',
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.response.id": "msg_1",
                "gen_ai.response.model": "claude-x",
                "gen_ai.response.finish_reasons": ["end_turn"],
                "gen_ai.usage.input_tokens": 7,
                "gen_ai.usage.output_tokens": 3,
                "gen_ai.usage.cache_read.input_tokens": 2,
                "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}],'
                '"finish_reason":"end_turn"}]',
            },
        }
    ]  # fmt: skip


def test_wrapped_streams_tell_the_same(wrapped: Captured) -> None:
    client = anthropic.Anthropic()
    with client.messages.stream(model="claude-x", max_tokens=9, messages=HELLO) as events:
        assert isinstance(events, anthropic.MessageStream)
        assert "".join(events.text_stream) == "You said: hello"
    list(client.messages.create(model="claude-x", max_tokens=9, messages=HELLO, stream=True))
    with client.messages.stream(model="claude-x", max_tokens=9, messages=HELLO) as events:
        next(iter(events))
    whole, plain, left = wrapped.written()
    for span in (whole, plain):
        assert usage(span) == (7, 3, 2, None)
        assert said(span) == [{"type": "text", "content": "You said: hello"}]
        assert span["attributes"]["gen_ai.request.stream"] is True
        assert span["attributes"]["gen_ai.response.time_to_first_chunk"] > 0
    # Left after the first event, which tells one token of output.
    assert usage(left) == (7, 1, 2, None)


async def test_wrapped_asynchronously(wrapped: Captured) -> None:
    async with anthropic.AsyncAnthropic() as client:
        await client.messages.create(model="claude-x", max_tokens=9, messages=HELLO)
        async with client.messages.stream(model="claude-x", max_tokens=9, messages=HELLO) as events:
            await events.get_final_message()
        async with client.beta.messages.stream(model="b", max_tokens=9, messages=HELLO) as held:
            assert [text async for text in held.text_stream]
        failing: Any = [{"role": "user", "content": "fail"}]
        with pytest.raises(anthropic.BadRequestError):
            async with client.messages.stream(model="c", max_tokens=9, messages=failing):
                pass
    told = wrapped.written()
    assert names(told) == ["chat claude-x", "chat claude-x", "chat b", "chat c"]
    assert [usage(span) for span in told[:3]] == [(7, 3, 2, None)] * 3
    assert told[3]["attributes"]["error.type"] == "anthropic.BadRequestError"


def test_wrapped_tools_thoughts_and_raw_responses(wrapped: Captured) -> None:
    client = anthropic.Anthropic()
    asked: Any = [{"role": "user", "content": "the weather"}]
    thinking: Any = {"type": "enabled", "budget_tokens": 1024}
    with client.messages.stream(
        model="claude-x", max_tokens=2048, messages=asked, tools=WEATHER, thinking=thinking
    ) as events:
        answer = events.get_final_message()
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "clear"}
    asked += [
        {"role": "assistant", "content": answer.content},
        {"role": "user", "content": [result]},
    ]
    raw = client.messages.with_raw_response.create(
        model="claude-x", max_tokens=9, messages=asked, tools=WEATHER
    )
    assert raw.parse().content[0].type == "text"
    first, second = wrapped.written()
    call = {
        "type": "tool_call",
        "id": "toolu_1",
        "name": "weather",
        "arguments": {"city": "Paris"},
    }
    assert said(first) == [{"type": "reasoning", "content": "let me see"}, call]
    assert first["attributes"]["gen_ai.response.finish_reasons"] == ["tool_use"]
    assert '"response":"clear"' in second["attributes"]["gen_ai.input.messages"]
    assert said(second) == [{"type": "text", "content": "It says: clear"}]
