"""Groq's own package."""

from __future__ import annotations

import groq
import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import FAIL, HELLO, WEATHER, said, usage

USAGE = {
    "input_tokens": 7,
    "output_tokens": 3,
    "cache_read.input_tokens": 2,
    "reasoning.output_tokens": 1,
}


def test_a_chat_is_one_whole_span(telemetry: Captured, provider: Provider) -> None:
    groq.Groq().chat.completions.create(model="llama-3", messages=HELLO, temperature=0.5)
    assert telemetry.written() == [
        {
            "name": "chat llama-3", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "groq",
                "gen_ai.request.model": "llama-3",
                "server.address": "127.0.0.1",
                "server.port": int(provider.url.rsplit(":", 1)[1]),
                "gen_ai.request.temperature": 0.5,
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.response.id": "chatcmpl-1",
                "gen_ai.response.model": "gpt-4o-2024-11-20",
                "gen_ai.response.finish_reasons": ["stop"],
                "openai.response.service_tier": "default",
                "openai.response.system_fingerprint": "fp_1",
                **{f"gen_ai.usage.{bucket}": count for bucket, count in USAGE.items()},
                "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}],'
                '"finish_reason":"stop"}]',
            },
        }
    ]  # fmt: skip


def test_streams_raw_responses_and_tools(telemetry: Captured) -> None:
    client = groq.Groq()
    stream = client.chat.completions.create(model="llama-3", messages=HELLO, stream=True)
    assert isinstance(stream, groq.Stream)
    list(stream)
    assert (
        client.chat.completions.with_raw_response.create(model="llama-3", messages=HELLO).parse().id
        == "chatcmpl-1"
    )
    client.chat.completions.create(
        model="llama-3", messages=[{"role": "user", "content": "weather"}], tools=WEATHER
    )
    streamed, raw, tool = telemetry.written()
    assert said(streamed) == said(raw) == [{"type": "text", "content": "You said: hello"}]
    assert usage(raw) == USAGE
    assert said(tool) == [
        {"type": "tool_call", "id": "call_1", "name": "weather", "arguments": {"city": "Paris"}}
    ]


async def test_asynchronously_and_failing(telemetry: Captured) -> None:
    async with groq.AsyncGroq() as client:
        await client.chat.completions.create(model="llama-3", messages=HELLO)
        stream = await client.chat.completions.create(model="llama-3", messages=HELLO, stream=True)
        assert [chunk async for chunk in stream]
        with pytest.raises(groq.BadRequestError):
            await client.chat.completions.create(model="llama-3", messages=FAIL)
    assert [span["attributes"].get("error.type") for span in telemetry.written()] == [
        None,
        None,
        "groq.BadRequestError",
    ]


def test_content_off_and_undo(provider: Provider) -> None:
    before = groq.resources.chat.completions.Completions.create
    with captured(content=False) as told:
        groq.Groq().chat.completions.create(model="llama-3", messages=HELLO)
        assert "hello" not in str(told.written())
    assert groq.resources.chat.completions.Completions.create is before
