"""Cohere's own package, second API."""

from __future__ import annotations

import cohere
import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import FAIL, HELLO, WEATHER, names, said, usage

USAGE = {"input_tokens": 7, "output_tokens": 3, "cache_read.input_tokens": 2}


def test_a_chat_is_one_whole_span(telemetry: Captured, provider: Provider) -> None:
    cohere.ClientV2().chat(model="command-a", messages=HELLO, p=0.5)
    assert telemetry.written() == [
        {
            "name": "chat command-a", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "cohere",
                "gen_ai.request.model": "command-a",
                "server.address": "127.0.0.1",
                "server.port": int(provider.url.rsplit(":", 1)[1]),
                "gen_ai.request.top_p": 0.5,
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.response.id": "c-1",
                "gen_ai.response.finish_reasons": ["COMPLETE"],
                **{f"gen_ai.usage.{bucket}": count for bucket, count in USAGE.items()},
                "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}],'
                '"finish_reason":"COMPLETE"}]',
            },
        }
    ]  # fmt: skip


def test_streams_and_tools(telemetry: Captured) -> None:
    client = cohere.ClientV2()
    list(client.chat_stream(model="command-a", messages=HELLO))
    weather = [{"role": "user", "content": "weather"}]
    client.chat(model="command-a", messages=weather, tools=WEATHER)
    list(client.chat_stream(model="command-a", messages=weather, tools=WEATHER))
    streamed, tool, streamed_tool = telemetry.written()
    assert said(streamed) == [{"type": "text", "content": "You said: hello"}]
    assert usage(streamed) == usage(tool) == usage(streamed_tool) == USAGE
    assert said(tool) == said(streamed_tool)
    assert said(tool) == [
        {"type": "reasoning", "content": "look"},
        {"type": "tool_call", "id": "call_1", "name": "weather", "arguments": {"city": "Paris"}},
    ]


def test_embeddings_and_rerank(telemetry: Captured) -> None:
    client = cohere.ClientV2()
    client.embed(
        model="embed-v4", texts=["hello"], input_type="search_document", embedding_types=["float"]
    )
    client.rerank(model="rerank-v3", query="hello", documents=["a", "b"])
    told = telemetry.written()
    assert names(told) == ["embeddings embed-v4", "rerank rerank-v3"]
    assert [usage(span) for span in told] == [{"input_tokens": 7}, {}]


async def test_asynchronously_and_failing(telemetry: Captured) -> None:
    client = cohere.AsyncClientV2()
    await client.chat(model="command-a", messages=HELLO)
    assert [event async for event in client.chat_stream(model="command-a", messages=HELLO)]
    with pytest.raises(cohere.BadRequestError):
        await client.chat(model="command-a", messages=FAIL)
    assert [span["status"] for span in telemetry.written()] == ["UNSET", "UNSET", "ERROR"]


def test_content_off(provider: Provider) -> None:
    with captured(content=False) as told:
        cohere.ClientV2().chat(model="command-a", messages=HELLO)
        assert "hello" not in str(told.written())


def test_thinking_is_reasoning_streamed_or_not(telemetry: Captured) -> None:
    client, thinking = cohere.ClientV2(), cohere.Thinking(type="enabled")
    client.chat(model="command-a", messages=HELLO, thinking=thinking, stop_sequences=["end"])
    list(client.chat_stream(model="command-a", messages=HELLO, thinking=thinking))
    whole, streamed = telemetry.written()
    assert whole["attributes"]["gen_ai.request.stop_sequences"] == ["end"]
    assert said(whole) == said(streamed)
    assert said(whole) == [
        {"type": "reasoning", "content": "hm"},
        {"type": "text", "content": "You said: hello"},
    ]
