"""google-genai, Gemini's own package: each request is a span, also those of automatic function calling."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google import genai
from google.genai import errors, types
from google.genai.models import Models

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import names, said, usage

USAGE = {
    "input_tokens": 7,
    "output_tokens": 3,
    "cache_read.input_tokens": 2,
    "reasoning.output_tokens": 1,
}


@pytest.fixture
def client(provider: Provider) -> genai.Client:
    return genai.Client()


def weather(city: str) -> str:
    """The weather of a city."""
    return f"clear in {city}"


def test_a_call_is_one_whole_span(
    telemetry: Captured, client: genai.Client, provider: Provider
) -> None:
    config = types.GenerateContentConfig(
        temperature=0.5, system_instruction="Be brief", max_output_tokens=9
    )
    assert (
        client.models.generate_content(model="gemini-x", contents="hello", config=config).text
        == "You said: hello"
    )
    assert telemetry.written() == [
        {
            "name": "generate_content gemini-x", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET",
            "events": [],
            "attributes": {
                "gen_ai.operation.name": "generate_content",
                "gen_ai.provider.name": "gcp.gemini",
                "gen_ai.request.model": "gemini-x",
                "server.address": "127.0.0.1",
                "server.port": int(provider.url.rsplit(":", 1)[1]),
                "gen_ai.request.temperature": 0.5,
                "gen_ai.request.max_tokens": 9,
                "gen_ai.system_instructions": '[{"type":"text","content":"Be brief"}]',
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.response.id": "g-1",
                "gen_ai.response.model": "gemini-x-001",
                "gen_ai.response.finish_reasons": ["STOP"],
                **{f"gen_ai.usage.{bucket}": count for bucket, count in USAGE.items()},
                "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}],'
                '"finish_reason":"STOP"}]',
            },
        }
    ]  # fmt: skip


def test_streams_and_embeddings(telemetry: Captured, client: genai.Client) -> None:
    assert len(list(client.models.generate_content_stream(model="gemini-x", contents="hello"))) == 2
    client.models.embed_content(model="gemini-embedding", contents="hello")
    streamed, embedded = telemetry.written()
    assert usage(streamed) == USAGE
    assert said(streamed) == [{"type": "text", "content": "You said: hello"}]
    assert streamed["attributes"]["gen_ai.response.time_to_first_chunk"] > 0
    assert embedded["name"] == "embeddings gemini-embedding"
    assert embedded["attributes"]["gen_ai.embeddings.dimension.count"] == 3


def test_automatic_function_calling_is_a_span_for_each_request(
    telemetry: Captured, client: genai.Client
) -> None:
    config = types.GenerateContentConfig(tools=[weather])
    answer = client.models.generate_content(model="gemini-x", contents="the weather", config=config)
    assert "clear in Paris" in str(answer.text)
    first, second = telemetry.written()
    assert said(first) == [
        {"type": "tool_call", "id": None, "name": "weather", "arguments": {"city": "Paris"}}
    ]
    assert "tool_call_response" in second["attributes"]["gen_ai.input.messages"]
    assert [usage(first), usage(second)] == [USAGE, USAGE]


async def test_asynchronously_and_failing(telemetry: Captured, client: genai.Client) -> None:
    await client.aio.models.generate_content(model="gemini-x", contents="hello")
    stream = await client.aio.models.generate_content_stream(model="gemini-x", contents="hello")
    assert [part async for part in stream]
    with pytest.raises(errors.ClientError):
        await client.aio.models.generate_content(model="gemini-x", contents="fail")
    told = telemetry.written()
    assert names(told) == ["generate_content gemini-x"] * 3
    assert [span["status"] for span in told] == ["UNSET", "UNSET", "ERROR"]


async def test_automatic_function_calling_in_streams_and_asynchronously(
    telemetry: Captured, client: genai.Client
) -> None:
    config = types.GenerateContentConfig(tools=[weather])
    asked: Any = {"model": "gemini-x", "contents": "the weather", "config": config}
    assert list(client.models.generate_content_stream(**asked))
    await client.aio.models.generate_content(**asked)
    stream = await client.aio.models.generate_content_stream(**asked)
    assert [part async for part in stream]
    told = telemetry.written()
    assert [usage(span) for span in told] == [USAGE] * 6
    assert [said(span)[0]["type"] for span in told] == ["tool_call", "text"] * 3


def test_a_conversation_with_an_image_and_a_schema(
    telemetry: Captured, client: genai.Client
) -> None:
    chat = client.chats.create(model="gemini-x", config={"response_mime_type": "application/json"})
    chat.send_message("hello")
    chat.send_message(["again", types.Part.from_bytes(data=b"x", mime_type="image/png")])
    _, second = telemetry.written()
    assert second["attributes"]["gen_ai.output.type"] == "json"
    first, answer, asked = json.loads(second["attributes"]["gen_ai.input.messages"])
    assert first["parts"] == [{"type": "text", "content": "hello"}]
    assert answer["role"] == "assistant"
    # The image is told by reference, never written.
    image = {"type": "blob", "modality": "image", "mime_type": "image/png", "byte_size": 1}
    assert {**asked["parts"][1], **image} == asked["parts"][1]
    assert "data" not in asked["parts"][1]


def test_streams_that_fail_or_are_left(telemetry: Captured, client: genai.Client) -> None:
    with pytest.raises(errors.ClientError):
        list(client.models.generate_content_stream(model="gemini-x", contents="fail"))
    left = client.models.generate_content_stream(model="gemini-x", contents="hello")
    next(iter(left))
    left.close()
    failed, closed = telemetry.written()
    assert failed["attributes"]["error.type"] == "google.genai.errors.ClientError"
    assert closed["status"] == "UNSET"
    assert said(closed) == [{"type": "text", "content": "You "}]


@pytest.mark.skipif(not hasattr(genai.Client, "interactions"), reason="not in this version")
async def test_interactions(telemetry: Captured, client: genai.Client) -> None:
    asked: Any = {"model": "gemini-x", "input": "hello", "system_instruction": "Be brief"}
    assert client.interactions.create(**asked).id == "interaction-1"
    assert len(list(client.interactions.create(**asked, stream=True))) == 6
    await client.aio.interactions.create(**asked)
    async for _ in await client.aio.interactions.create(**asked, stream=True):
        pass
    told = telemetry.written()
    assert names(told) == ["generate_content gemini-x"] * 4
    assert [usage(span) for span in told] == [USAGE] * 4
    assert [said(span) for span in told] == [[{"type": "text", "content": "You said: hello"}]] * 4
    whole, streamed = told[0]["attributes"], told[1]["attributes"]
    assert whole["gen_ai.response.id"] == streamed["gen_ai.response.id"] == "interaction-1"
    assert whole["gen_ai.response.finish_reasons"] == ["completed"]
    assert streamed["gen_ai.request.stream"] is True
    assert whole["server.address"] == "127.0.0.1"
    assert (
        whole["gen_ai.input.messages"]
        == '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]'
    )
    assert whole["gen_ai.system_instructions"] == '[{"type":"text","content":"Be brief"}]'


@pytest.mark.skipif(not hasattr(genai.Client, "interactions"), reason="not in this version")
def test_interactions_with_a_tool_and_an_error(telemetry: Captured, client: genai.Client) -> None:
    schema = {"type": "object", "properties": {"city": {"type": "string"}}}
    tools: Any = [{"type": "function", "name": "weather", "parameters": schema}]
    client.interactions.create(model="gemini-x", input="the weather", tools=tools)
    list(
        client.interactions.create(model="gemini-x", input="the weather", tools=tools, stream=True)
    )
    answer: Any = {
        "type": "function_result",
        "call_id": "call_1",
        "name": "weather",
        "result": "clear",
    }
    client.interactions.create(
        model="gemini-x", input=[answer], tools=tools, previous_interaction_id="interaction-1"
    )
    with pytest.raises(Exception, match="asked to fail"):
        client.interactions.create(model="gemini-x", input="fail")
    whole, streamed, then, failed = telemetry.written()
    call = {"type": "tool_call", "id": "call_1", "name": "weather", "arguments": {"city": "Paris"}}
    assert said(whole) == said(streamed) == [call]
    assert json.loads(whole["attributes"]["gen_ai.tool.definitions"])[0]["parameters"] == schema
    assert then["attributes"]["gen_ai.request.previous_response.id"] == "interaction-1"
    assert '"response":"clear"' in then["attributes"]["gen_ai.input.messages"]
    assert failed["status"] == "ERROR"


def test_content_off_and_undo(client: genai.Client) -> None:
    original = vars(Models)["_generate_content"]
    with captured(content=False) as told:
        client.models.generate_content(model="gemini-x", contents="hello")
        assert len(told.spans()) == 1
        assert "hello" not in str(told.written())
    assert vars(Models)["_generate_content"] is original
