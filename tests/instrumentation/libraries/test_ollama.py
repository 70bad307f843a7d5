"""Ollama's own package."""

from __future__ import annotations

import json
from types import MethodType

import ollama
import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import FAIL, HELLO, WEATHER, names, said, usage

USAGE = {"input_tokens": 7, "output_tokens": 3}


@pytest.fixture
def client(provider: Provider) -> ollama.Client:
    return ollama.Client(provider.url)


def test_a_chat_is_one_whole_span(
    telemetry: Captured, client: ollama.Client, provider: Provider
) -> None:
    client.chat(model="llama3.2", messages=HELLO, options={"temperature": 0.5})
    assert telemetry.written() == [
        {
            "name": "chat llama3.2", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "ollama",
                "gen_ai.request.model": "llama3.2",
                "server.address": "127.0.0.1",
                "server.port": int(provider.url.rsplit(":", 1)[1]),
                "gen_ai.request.temperature": 0.5,
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.response.model": "llama3.2",
                "gen_ai.response.finish_reasons": ["stop"],
                "gen_ai.usage.input_tokens": 7,
                "gen_ai.usage.output_tokens": 3,
                "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}],'
                '"finish_reason":"stop"}]',
            },
        }
    ]  # fmt: skip


def test_streams_tools_generate_and_embed(telemetry: Captured, client: ollama.Client) -> None:
    list(client.chat(model="llama3.2", messages=HELLO, stream=True))
    client.chat(model="llama3.2", messages=[{"role": "user", "content": "weather"}], tools=WEATHER)
    client.generate(model="llama3.2", prompt="hello")
    list(client.generate(model="llama3.2", prompt="hello", stream=True))
    client.embed(model="nomic", input="hello")
    told = telemetry.written()
    assert names(told) == [
        "chat llama3.2",
        "chat llama3.2",
        *["text_completion llama3.2"] * 2,
        "embeddings nomic",
    ]
    assert [usage(span) for span in told] == [USAGE, USAGE, USAGE, USAGE, {"input_tokens": 7}]
    assert (
        said(told[0])
        == said(told[2])
        == said(told[3])
        == [{"type": "text", "content": "You said: hello"}]
    )
    assert said(told[1]) == [
        {"type": "tool_call", "id": None, "name": "weather", "arguments": {"city": "Paris"}}
    ]


async def test_asynchronously_and_failing(telemetry: Captured, provider: Provider) -> None:
    client = ollama.AsyncClient(provider.url)
    await client.chat(model="llama3.2", messages=HELLO)
    assert [part async for part in await client.chat(model="llama3.2", messages=HELLO, stream=True)]
    with pytest.raises(ollama.ResponseError):
        await client.chat(model="llama3.2", messages=FAIL)
    assert [span["status"] for span in telemetry.written()] == ["UNSET", "UNSET", "ERROR"]


def test_content_off(provider: Provider, client: ollama.Client) -> None:
    with captured(content=False) as told:
        client.chat(model="llama3.2", messages=HELLO)
        assert "hello" not in str(told.written())


def weather(city: str) -> str:
    """The weather of a city.

    Args:
      city: Its name
    """
    return f"fine in {city}"


def test_a_function_given_as_a_tool_is_told_as_it_is_sent(
    telemetry: Captured, client: ollama.Client, provider: Provider
) -> None:
    messages = [{"role": "user", "content": "weather"}]
    client.chat("llama3.2", messages, tools=[weather])
    [span] = telemetry.written()
    [sent] = provider.log[0].body["tools"]
    assert json.loads(span["attributes"]["gen_ai.tool.definitions"]) == [
        {"type": "function", **sent["function"]}
    ]


def test_the_older_embeddings_tell_no_usage(telemetry: Captured, client: ollama.Client) -> None:
    client.embeddings(model="nomic", prompt="hello")
    [span] = telemetry.written()
    assert (span["name"], usage(span)) == ("embeddings nomic", {})
    assert span["attributes"]["gen_ai.embeddings.dimension.count"] == 3


def test_the_module_s_functions_are_traced_though_they_were_bound_before(
    provider: Provider, client: ollama.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = MethodType(ollama.Client.chat, client)
    monkeypatch.setattr(ollama, "chat", before)
    with captured() as told:
        ollama.chat(model="llama3.2", messages=HELLO)
        assert names(told.written()) == ["chat llama3.2"]
    assert ollama.chat is before
