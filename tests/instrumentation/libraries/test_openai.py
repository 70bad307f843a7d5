"""OpenAI's own package, 2.x and 3.x: every way to ask it is one span that says what the provider said."""

from __future__ import annotations

import gc
import json
from typing import Any

import openai
import pytest
from pydantic import BaseModel

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider

HELLO: Any = [{"role": "user", "content": "hello"}]
WEATHER: Any = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "The weather of a city",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
]
USAGE = {
    "gen_ai.usage.input_tokens": 7,
    "gen_ai.usage.output_tokens": 3,
    "gen_ai.usage.cache_read.input_tokens": 2,
    "gen_ai.usage.reasoning.output_tokens": 1,
}
SAID = '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}],"finish_reason":"stop"}]'


class Place(BaseModel):
    city: str


def usage(span: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in span["attributes"].items() if key.startswith("gen_ai.usage.")
    }


def test_a_chat_is_one_whole_span(telemetry: Captured, provider: Provider) -> None:
    client = openai.OpenAI()
    answer = client.chat.completions.create(
        model="gpt-4o", messages=HELLO, temperature=0.5, max_tokens=9
    )
    assert answer.choices[0].message.content == "You said: hello"
    assert telemetry.written() == [
        {
            "name": "chat gpt-4o", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "openai",
                "gen_ai.request.model": "gpt-4o",
                "server.address": "127.0.0.1",
                "server.port": int(provider.url.rsplit(":", 1)[1]),
                "gen_ai.request.temperature": 0.5,
                "gen_ai.request.max_tokens": 9,
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.response.id": "chatcmpl-1",
                "gen_ai.response.model": "gpt-4o-2024-11-20",
                "gen_ai.response.finish_reasons": ["stop"],
                "openai.response.service_tier": "default",
                "openai.response.system_fingerprint": "fp_1",
                **USAGE,
                "gen_ai.output.messages": SAID,
            },
        }
    ]  # fmt: skip


def test_a_stream_says_the_same_as_a_whole_answer(telemetry: Captured) -> None:
    client = openai.OpenAI()
    stream = client.chat.completions.create(
        model="gpt-4o", messages=HELLO, stream=True, stream_options={"include_usage": True}
    )
    assert isinstance(stream, openai.Stream)
    assert telemetry.spans() == []
    with stream:
        text = "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
    assert text == "You said: hello"
    [span] = telemetry.written()
    assert usage(span) == USAGE
    assert span["attributes"]["gen_ai.output.messages"] == SAID
    assert span["attributes"]["gen_ai.request.stream"] is True
    assert 0 < span["attributes"]["gen_ai.response.time_to_first_chunk"] < 5


def test_a_stream_that_is_closed_dropped_or_broken_ends_its_span(telemetry: Captured) -> None:
    client = openai.OpenAI(max_retries=0)

    def ask(said: str) -> openai.Stream[Any]:
        messages: Any = [{"role": "user", "content": said}]
        return client.chat.completions.create(model="gpt-4o", messages=messages, stream=True)

    closed = ask("a b c")
    next(closed)
    closed.close()
    dropped = ask("a b c")
    next(dropped)
    del dropped
    gc.collect()
    with pytest.raises(Exception, match=r"Connection error|peer closed|incomplete"):
        list(ask("break a b c"))
    assert [span["status"] for span in telemetry.written()] == ["UNSET", "UNSET", "ERROR"]


@pytest.mark.parametrize("stream", [False, True])
def test_a_tool_call_is_a_part_of_the_answer_and_its_result_of_the_next_question(
    telemetry: Captured, stream: bool
) -> None:
    client = openai.OpenAI()
    messages: Any = [{"role": "user", "content": "the weather"}]
    answer: Any = client.chat.completions.create(
        model="gpt-4o", messages=messages, tools=WEATHER, stream=stream
    )
    if stream:
        list(answer)
    call = {
        "id": "call_1",
        "type": "function",
        "function": {"name": "weather", "arguments": '{"city": "Paris"}'},
    }
    messages += [
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": '{"sky": "clear"}'},
    ]
    client.chat.completions.create(model="gpt-4o", messages=messages, tools=WEATHER)
    first, second = (span["attributes"] for span in telemetry.written())
    asked = {"type": "tool_call", "id": "call_1", "name": "weather", "arguments": {"city": "Paris"}}
    assert json.loads(first["gen_ai.output.messages"]) == [
        {"role": "assistant", "parts": [asked], "finish_reason": "tool_calls"}
    ]
    assert first["gen_ai.response.finish_reasons"] == ["tool_calls"]
    assert json.loads(first["gen_ai.tool.definitions"]) == [
        {
            "type": "function",
            **{key: WEATHER[0]["function"][key] for key in ("name", "description", "parameters")},
        }
    ]
    assert json.loads(second["gen_ai.input.messages"])[1:] == [
        {"role": "assistant", "parts": [asked]},
        {
            "role": "tool",
            "parts": [{"type": "tool_call_response", "id": "call_1", "response": {"sky": "clear"}}],
        },
    ]


def test_an_error_is_the_package_s_own_and_marks_the_span(telemetry: Captured) -> None:
    with pytest.raises(openai.BadRequestError, match="asked to fail"):
        openai.OpenAI().chat.completions.create(
            model="gpt-4o", messages=[{"role": "user", "content": "fail"}]
        )
    [span] = telemetry.written()
    assert span["status"] == "ERROR"
    assert span["attributes"]["error.type"] == "openai.BadRequestError"
    assert span["events"] == ["exception"]


def test_responses_whole_and_streamed(telemetry: Captured) -> None:
    client = openai.OpenAI()
    assert (
        client.responses.create(model="gpt-4o", input="hello", instructions="Be brief").output_text
        == "You said: hello"
    )
    with client.responses.stream(model="gpt-4o", input="hello") as events:
        assert [event.type for event in events][-1] == "response.completed"
    whole, streamed = telemetry.written()
    assert (
        whole["attributes"]["gen_ai.system_instructions"]
        == '[{"type":"text","content":"Be brief"}]'
    )
    for span in (whole, streamed):
        assert span["name"] == "chat gpt-4o"
        assert usage(span) == USAGE
        assert span["attributes"]["gen_ai.response.id"] == "resp_1"
        assert span["attributes"]["gen_ai.output.messages"] == SAID


def test_parsed_answers(telemetry: Captured) -> None:
    client = openai.OpenAI()
    chat = client.chat.completions.parse(model="gpt-4o", messages=HELLO, response_format=Place)
    assert chat.choices[0].message.parsed == Place(city="Paris")
    assert client.responses.parse(
        model="gpt-4o", input="hello", text_format=Place
    ).output_parsed == Place(city="Paris")
    assert [usage(span) for span in telemetry.written()] == [USAGE, USAGE]


def test_raw_and_streaming_responses_stay_what_they_are(telemetry: Captured) -> None:
    client = openai.OpenAI()
    raw = client.chat.completions.with_raw_response.create(model="gpt-4o", messages=HELLO)
    assert raw.http_response.status_code == 200
    assert raw.parse().choices[0].message.content == "You said: hello"
    raw_stream = client.chat.completions.with_raw_response.create(
        model="gpt-4o", messages=HELLO, stream=True
    )
    assert len(list(raw_stream.parse())) == 5
    with client.chat.completions.with_streaming_response.create(
        model="gpt-4o", messages=HELLO
    ) as streaming:
        assert streaming.parse().id == "chatcmpl-1"
    with client.chat.completions.with_streaming_response.create(
        model="gpt-4o", messages=HELLO
    ) as unread:
        assert unread.status_code == 200
    ids = [span["attributes"].get("gen_ai.response.id") for span in telemetry.written()]
    assert ids == ["chatcmpl-1", "chatcmpl-1", "chatcmpl-1", None]


async def test_the_asynchronous_client_tells_the_same(telemetry: Captured) -> None:
    async with openai.AsyncOpenAI() as client:
        await client.chat.completions.create(model="gpt-4o", messages=HELLO)
        stream = await client.chat.completions.create(
            model="gpt-4o", messages=HELLO, stream=True, stream_options={"include_usage": True}
        )
        assert isinstance(stream, openai.AsyncStream)
        assert [chunk async for chunk in stream]
        await client.responses.create(model="gpt-4o", input="hello")
        raw = await client.chat.completions.with_raw_response.create(model="gpt-4o", messages=HELLO)
        assert raw.parse().id == "chatcmpl-1"
        with pytest.raises(openai.BadRequestError):
            await client.responses.create(model="gpt-4o", input="fail")
    told = telemetry.written()
    assert [usage(span) for span in told] == [USAGE, USAGE, USAGE, USAGE, {}]
    assert told[-1]["status"] == "ERROR"


def test_azure_is_another_provider(telemetry: Captured, provider: Provider) -> None:
    client = openai.AzureOpenAI(
        api_version="2024-10-21", azure_endpoint=provider.url, api_key="test-key"
    )
    client.chat.completions.create(model="my-deployment", messages=HELLO)
    assert provider.log[0].path == "/openai/deployments/my-deployment/chat/completions"
    [span] = telemetry.written()
    assert (span["name"], span["attributes"]["gen_ai.provider.name"]) == (
        "chat my-deployment",
        "azure.ai.openai",
    )


def test_embeddings_completions_images_and_sound(telemetry: Captured) -> None:
    client = openai.OpenAI()
    assert client.embeddings.create(model="text-embedding-3-small", input="hello").data[
        0
    ].embedding == [0.25, 0.5, 0.75]
    client.completions.create(model="gpt-3.5-turbo-instruct", prompt="hello")
    client.images.generate(model="gpt-image-1", prompt="a house")
    assert (
        client.audio.speech.create(model="tts-1", voice="alloy", input="hello").read()
        == b"RIFFsound"
    )
    client.audio.transcriptions.create(model="whisper-1", file=("hello.wav", b"RIFF"))
    told = telemetry.written()
    assert [span["name"] for span in told] == [
        "embeddings text-embedding-3-small",
        "text_completion gpt-3.5-turbo-instruct",
        "image_generation gpt-image-1",
        "speech tts-1",
        "transcription whisper-1",
    ]
    assert told[0]["attributes"]["gen_ai.embeddings.dimension.count"] == 3
    assert [span["attributes"].get("gen_ai.usage.input_tokens") for span in told] == [
        7,
        7,
        7,
        None,
        None,
    ]


def test_content_that_is_switched_off_is_nowhere(provider: Provider) -> None:
    with captured(content=False) as told:
        openai.OpenAI().chat.completions.create(model="gpt-4o", messages=HELLO, tools=WEATHER)
        [span] = told.written()
    assert usage(span) == USAGE
    assert not [
        value
        for value in span["attributes"].values()
        if "hello" in str(value) or "weather" in str(value)
    ]


def test_a_key_in_a_prompt_is_removed_and_a_long_text_says_what_is_left_out(
    provider: Provider,
) -> None:
    key = "sk-proj-" + "a1B2" * 8
    with captured(content_limit=40, redact=["keys", "email"]) as told:
        text = f"my key is {key}, mail me@example.org, and more than forty characters"
        openai.OpenAI().chat.completions.create(
            model="gpt-4o", messages=[{"role": "user", "content": text}]
        )
        [span] = told.written()
    [asked] = json.loads(span["attributes"]["gen_ai.input.messages"])
    shown = asked["parts"][0]["content"]
    assert shown == f"my key is [key removed], mail [e-mail re … [40 of {len(text)} characters]"


def test_uninstrumented_the_package_is_as_it_was() -> None:
    from openai.resources.chat.completions.completions import Completions

    before = vars(Completions)["create"]
    with captured():
        assert vars(Completions)["create"] is not before
    assert vars(Completions)["create"] is before
