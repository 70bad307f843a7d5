"""Mistral's own package."""

from __future__ import annotations

import pytest
from mistralai.client import Mistral
from mistralai.client.errors import SDKError

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import FAIL, HELLO, WEATHER, names, said, usage


@pytest.fixture
def client(provider: Provider) -> Mistral:
    return Mistral(api_key="test-key", server_url=provider.url)


def test_a_chat(telemetry: Captured, client: Mistral, provider: Provider) -> None:
    assert (
        client.chat.complete(model="mistral-large", messages=HELLO, temperature=0.5)
        .choices[0]
        .message.content
    )
    [span] = telemetry.written()
    assert (span["name"], span["kind"], span["status"]) == ("chat mistral-large", "CLIENT", "UNSET")
    told = span["attributes"]
    assert told["gen_ai.provider.name"] == "mistral_ai"
    assert told["gen_ai.request.temperature"] == 0.5
    assert told["server.port"] == int(provider.url.rsplit(":", 1)[1])
    assert told["gen_ai.response.finish_reasons"] == ["stop"]
    assert (usage(span)["input_tokens"], usage(span)["output_tokens"]) == (7, 3)
    assert said(span) == [{"type": "text", "content": "You said: hello"}]


def test_streams_tools_and_embeddings(telemetry: Captured, client: Mistral) -> None:
    with client.chat.stream(model="mistral-large", messages=HELLO) as events:
        assert len(list(events)) == 5
    client.chat.complete(
        model="mistral-large", messages=[{"role": "user", "content": "weather"}], tools=WEATHER
    )
    client.embeddings.create(model="mistral-embed", inputs=["hello"])
    streamed, tool, embedded = telemetry.written()
    assert said(streamed) == [{"type": "text", "content": "You said: hello"}]
    assert streamed["attributes"]["gen_ai.response.time_to_first_chunk"] > 0
    assert said(tool) == [
        {"type": "tool_call", "id": "call_1", "name": "weather", "arguments": {"city": "Paris"}}
    ]
    assert (embedded["name"], usage(embedded)) == ("embeddings mistral-embed", {"input_tokens": 7})


async def test_asynchronously_and_failing(telemetry: Captured, client: Mistral) -> None:
    await client.chat.complete_async(model="mistral-large", messages=HELLO)
    async for _ in await client.chat.stream_async(model="mistral-large", messages=HELLO):
        pass
    with pytest.raises(SDKError):
        await client.chat.complete_async(model="mistral-large", messages=FAIL)
    told = telemetry.written()
    assert names(told) == ["chat mistral-large"] * 3
    assert [span["status"] for span in told] == ["UNSET", "UNSET", "ERROR"]


def test_content_off(client: Mistral) -> None:
    with captured(content=False) as told:
        client.chat.complete(model="mistral-large", messages=HELLO)
        assert "hello" not in str(told.written())


def test_a_program_that_asks_for_mistral_s_own_spans_has_each_call_once(
    telemetry: Captured, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISTRAL_SDK_TELEMETRY", "global")
    client = Mistral(api_key="test-key", server_url=provider.url)
    client.chat.complete(model="mistral-large", messages=HELLO)
    list(client.chat.stream(model="mistral-large", messages=HELLO))
    client.embeddings.create(model="mistral-embed", inputs=["hello"])
    told = telemetry.written()
    assert names(told) == ["chat mistral-large", "chat mistral-large", "embeddings mistral-embed"]
    streams = [span["attributes"].get("gen_ai.request.stream") for span in told]
    assert streams == [None, True, None]
