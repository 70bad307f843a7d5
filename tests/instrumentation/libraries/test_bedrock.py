"""Amazon Bedrock through boto3: Converse and InvokeModel, whole and as event streams."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.eventstream import EventStream
from botocore.exceptions import ClientError
from botocore.response import StreamingBody

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import names, said, usage

USAGE = {"input_tokens": 7, "output_tokens": 3, "cache_read.input_tokens": 2}
PLAIN = {"input_tokens": 7, "output_tokens": 3}
HELLO: Any = [{"role": "user", "content": [{"text": "hello"}]}]
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}}
TOOLS: Any = {"tools": [{"toolSpec": {"name": "weather", "inputSchema": {"json": SCHEMA}}}]}


@pytest.fixture
def client(provider: Provider) -> Any:
    return boto3.client("bedrock-runtime")


def claude(said: str, **more: Any) -> str:
    messages = [{"role": "user", "content": said}]
    version = "bedrock-2023-05-31"
    return json.dumps({"anthropic_version": version, "max_tokens": 9, "messages": messages, **more})


def test_a_conversation_is_one_whole_span(
    telemetry: Captured, client: Any, provider: Provider
) -> None:
    answer = client.converse(
        modelId="amazon.nova-x", messages=HELLO, system=[{"text": "Be brief"}],
        inferenceConfig={"maxTokens": 9, "temperature": 0.5, "topP": 0.9, "stopSequences": ["END"]},
    )  # fmt: skip
    assert answer["output"]["message"]["content"] == [{"text": "You said: hello"}]
    assert telemetry.written() == [
        {
            "name": "chat amazon.nova-x", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "aws.bedrock",
                "gen_ai.request.model": "amazon.nova-x",
                "server.address": "127.0.0.1",
                "server.port": int(provider.url.rsplit(":", 1)[1]),
                "gen_ai.request.max_tokens": 9,
                "gen_ai.request.temperature": 0.5,
                "gen_ai.request.top_p": 0.9,
                "gen_ai.request.stop_sequences": ["END"],
                "gen_ai.system_instructions": '[{"type":"text","content":"Be brief"}]',
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.response.finish_reasons": ["end_turn"],
                "gen_ai.usage.input_tokens": 7,
                "gen_ai.usage.output_tokens": 3,
                "gen_ai.usage.cache_read.input_tokens": 2,
                "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}],'
                '"finish_reason":"end_turn"}]',
            },
        }
    ]  # fmt: skip


def test_a_stream_tells_the_same(telemetry: Captured, client: Any) -> None:
    stream = client.converse_stream(modelId="amazon.nova-x", messages=HELLO)["stream"]
    assert isinstance(stream, EventStream)
    assert telemetry.spans() == []
    assert len(list(stream)) == 6
    [span] = telemetry.written()
    assert usage(span) == USAGE
    assert said(span) == [{"type": "text", "content": "You said: hello"}]
    assert span["attributes"]["gen_ai.request.stream"] is True
    assert span["attributes"]["gen_ai.response.time_to_first_chunk"] > 0


def test_a_tool_call_whole_and_streamed(telemetry: Captured, client: Any) -> None:
    messages: Any = [{"role": "user", "content": [{"text": "the weather"}]}]
    first = client.converse(modelId="m", messages=messages, toolConfig=TOOLS)["output"]["message"]
    result = {"toolUseId": "tooluse_1", "content": [{"text": "clear"}]}
    then = [*messages, first, {"role": "user", "content": [{"toolResult": result}]}]
    client.converse(modelId="m", messages=then, toolConfig=TOOLS)
    list(client.converse_stream(modelId="m", messages=messages, toolConfig=TOOLS)["stream"])
    asked, answered, streamed = telemetry.written()
    call = {
        "type": "tool_call",
        "id": "tooluse_1",
        "name": "weather",
        "arguments": {"city": "Paris"},
    }
    assert said(asked) == said(streamed) == [call]
    assert asked["attributes"]["gen_ai.response.finish_reasons"] == ["tool_use"]
    assert json.loads(asked["attributes"]["gen_ai.tool.definitions"]) == [
        {"type": "function", "name": "weather", "parameters": SCHEMA}
    ]
    assert json.loads(answered["attributes"]["gen_ai.input.messages"])[1:] == [
        {"role": "assistant", "parts": [call]},
        {
            "role": "tool",
            "parts": [{"type": "tool_call_response", "id": "tooluse_1", "response": "clear"}],
        },
    ]
    assert said(answered) == [{"type": "text", "content": "It says: clear"}]


@pytest.mark.parametrize(
    ("model", "body", "name", "tokens"),
    [
        ("anthropic.claude-x", claude("hello"), "chat", USAGE),
        ("amazon.titan-text-x", '{"inputText": "hello"}', "text_completion", PLAIN),
        ("meta.llama-x", '{"prompt": "hello", "max_gen_len": 9}', "text_completion", PLAIN),
        # Its body counts nothing: the headers do.
        ("mistral.mistral-x", '{"prompt": "hello", "max_tokens": 9}', "text_completion", PLAIN),
    ],
)
def test_a_models_own_body(
    telemetry: Captured, client: Any, model: str, body: str, name: str, tokens: dict[str, int]
) -> None:
    answer = client.invoke_model(modelId=model, body=body)["body"]
    assert type(answer) is StreamingBody
    assert "You said: hello" in answer.read().decode()
    [span] = telemetry.written()
    assert span["name"] == f"{name} {model}"
    assert usage(span) == tokens
    assert said(span) == [{"type": "text", "content": "You said: hello"}]
    assert '"hello"' in span["attributes"]["gen_ai.input.messages"]
    assert len(span["attributes"]["gen_ai.response.finish_reasons"]) == 1


@pytest.mark.parametrize(
    ("model", "body", "tokens"),
    [
        ("anthropic.claude-x", claude("hello", temperature=0.5), USAGE),
        ("amazon.titan-text-x", '{"inputText": "hello"}', PLAIN),
        ("meta.llama-x", '{"prompt": "hello"}', PLAIN),
    ],
)
def test_a_models_own_stream(
    telemetry: Captured, client: Any, model: str, body: str, tokens: dict[str, int]
) -> None:
    answer = client.invoke_model_with_response_stream(modelId=model, body=body)["body"]
    assert isinstance(answer, EventStream)
    assert all("chunk" in event for event in answer)
    [span] = telemetry.written()
    assert usage(span) == tokens
    assert said(span) == [{"type": "text", "content": "You said: hello"}]
    assert span["attributes"]["gen_ai.request.stream"] is True


def test_a_body_may_be_read_in_pieces_closed_or_dropped(telemetry: Captured, client: Any) -> None:
    def ask() -> Any:
        return client.invoke_model(modelId="meta.llama-x", body='{"prompt": "hello"}')["body"]

    pieces = list(ask().iter_chunks(16))
    assert json.loads(b"".join(pieces))["generation"] == "You said: hello"
    assert list(ask().iter_lines())
    closed = ask()
    closed.close()
    dropped = ask()
    del dropped
    told = telemetry.written()
    assert [usage(span) for span in told] == [PLAIN] * 4
    assert "gen_ai.output.messages" not in told[2]["attributes"]


def test_embeddings(telemetry: Captured, client: Any) -> None:
    client.invoke_model(modelId="amazon.titan-embed-x", body='{"inputText": "hello"}')[
        "body"
    ].read()
    [span] = telemetry.written()
    assert span["name"] == "embeddings amazon.titan-embed-x"
    assert usage(span) == {"input_tokens": 7}
    assert span["attributes"]["gen_ai.embeddings.dimension.count"] == 3


def test_errors_pass_through(telemetry: Captured, client: Any) -> None:
    fail: Any = [{"role": "user", "content": [{"text": "fail"}]}]
    with pytest.raises(client.exceptions.ValidationException):
        client.converse(modelId="m", messages=fail)
    with pytest.raises(client.exceptions.ValidationException):
        client.invoke_model(modelId="m", body=claude("fail"))
    told = telemetry.written()
    assert [span["status"] for span in told] == ["ERROR", "ERROR"]
    assert told[0]["attributes"]["error.type"] == "botocore.errorfactory.ValidationException"


def test_a_stream_that_breaks_or_is_closed(telemetry: Captured, client: Any) -> None:
    asked: Any = [{"role": "user", "content": [{"text": "break"}]}]
    with pytest.raises(Exception, match="ended prematurely"):
        list(client.converse_stream(modelId="m", messages=asked)["stream"])
    stream = client.converse_stream(modelId="m", messages=HELLO)["stream"]
    next(iter(stream))
    next(iter(stream))
    stream.close()
    broken, closed = telemetry.written()
    assert broken["status"] == "ERROR"
    assert closed["status"] == "UNSET"
    assert said(broken) == said(closed) == [{"type": "text", "content": "You "}]


async def test_from_threads_of_asyncio(telemetry: Captured, client: Any) -> None:
    ask = [asyncio.to_thread(client.converse, modelId="m", messages=HELLO) for _ in range(3)]
    await asyncio.gather(*ask)
    assert names(telemetry.written()) == ["chat m"] * 3


def test_a_retried_request_is_one_call(client: Any, provider: Provider) -> None:
    asked: Any = [{"role": "user", "content": [{"text": "overload once"}]}]
    with captured() as told:
        client.converse(modelId="m", messages=asked)
        assert [request.status for request in provider.log] == [429, 200]
        assert [usage(span) for span in told.written()] == [USAGE]


def test_other_services_content_off_and_undo(client: Any, provider: Provider) -> None:
    make_call = vars(BaseClient)["_make_api_call"]
    with captured(content=False) as told:
        client.converse(modelId="m", messages=HELLO)
        client.invoke_model(modelId="m", body=claude("hello"))["body"].read()
        with pytest.raises(ClientError):
            boto3.client("s3", endpoint_url=provider.url).create_bucket(Bucket="none")
        assert len(told.spans()) == 2
        assert "hello" not in str(told.written())
    assert vars(BaseClient)["_make_api_call"] is make_call
