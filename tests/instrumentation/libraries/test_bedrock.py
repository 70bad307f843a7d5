"""Amazon Bedrock through boto3, which is not traced for any other service."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.eventstream import EventStream
from botocore.exceptions import ClientError

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import names, said, usage

HELLO: Any = [{"role": "user", "content": [{"text": "hello"}]}]
SCHEMA = {"json": {"type": "object", "properties": {"city": {"type": "string"}}}}
WEATHER: Any = {"tools": [{"toolSpec": {"name": "weather", "inputSchema": SCHEMA}}]}
USAGE = {"input_tokens": 7, "output_tokens": 3, "cache_read.input_tokens": 2}
CLAUDE = "anthropic.claude-x"


@pytest.fixture
def client(provider: Provider) -> Any:
    return boto3.client("bedrock-runtime")


def test_converse_is_one_whole_span(telemetry: Captured, client: Any, provider: Provider) -> None:
    client.converse(
        modelId=CLAUDE, messages=HELLO, inferenceConfig={"maxTokens": 9, "temperature": 0.5}
    )
    assert telemetry.written() == [
        {
            "name": "chat anthropic.claude-x", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET",
            "events": [],
            "attributes": {
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "aws.bedrock",
                "gen_ai.request.model": "anthropic.claude-x",
                "server.address": "127.0.0.1",
                "server.port": int(provider.url.rsplit(":", 1)[1]),
                "gen_ai.request.temperature": 0.5,
                "gen_ai.request.max_tokens": 9,
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
                "gen_ai.response.finish_reasons": ["end_turn"],
                **{f"gen_ai.usage.{bucket}": count for bucket, count in USAGE.items()},
                "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}],'
                '"finish_reason":"end_turn"}]',
            },
        }
    ]  # fmt: skip


def test_streams_and_tools(telemetry: Captured, client: Any) -> None:
    stream = client.converse_stream(modelId=CLAUDE, messages=HELLO)["stream"]
    assert isinstance(stream, EventStream)
    assert len(list(stream)) == 6
    weather: Any = [{"role": "user", "content": [{"text": "weather"}]}]
    client.converse(modelId=CLAUDE, messages=weather, toolConfig=WEATHER)
    list(client.converse_stream(modelId=CLAUDE, messages=weather, toolConfig=WEATHER)["stream"])
    closed = client.converse_stream(modelId=CLAUDE, messages=HELLO)["stream"]
    closed.close()
    streamed, tool, streamed_tool, unread = telemetry.written()
    assert said(streamed) == [{"type": "text", "content": "You said: hello"}]
    assert usage(streamed) == usage(tool) == usage(streamed_tool) == USAGE
    assert said(tool) == said(streamed_tool)
    assert said(tool) == [
        {"type": "tool_call", "id": "tooluse_1", "name": "weather", "arguments": {"city": "Paris"}}
    ]
    assert usage(unread) == {}


def test_invoke_model_in_each_model_s_shape(telemetry: Captured, client: Any) -> None:
    bodies: list[tuple[str, Any]] = [
        (CLAUDE, {"messages": [{"role": "user", "content": "hello"}], "max_tokens": 9}),
        ("amazon.titan-text", {"inputText": "hello"}),
        ("meta.llama3", {"prompt": "hello"}),
        ("amazon.titan-embed", {"inputText": "hello"}),
    ]
    for model, body in bodies:
        answer = client.invoke_model(modelId=model, body=json.dumps(body))
        assert json.loads(answer["body"].read())
    asked = json.dumps(bodies[0][1])
    assert list(client.invoke_model_with_response_stream(modelId=CLAUDE, body=asked)["body"])
    told = telemetry.written()
    assert names(told) == [
        "chat anthropic.claude-x", "chat amazon.titan-text", "chat meta.llama3", "embeddings amazon.titan-embed",
        "chat anthropic.claude-x",
    ]  # fmt: skip
    whole = {"input_tokens": 7, "output_tokens": 3}
    assert [usage(span) for span in told] == [USAGE, whole, whole, {"input_tokens": 7}, USAGE]
    for span in (*told[:3], told[4]):
        assert said(span) == [{"type": "text", "content": "You said: hello"}]


def test_an_error(telemetry: Captured, client: Any) -> None:
    failing: Any = [{"role": "user", "content": [{"text": "fail"}]}]
    with pytest.raises(ClientError):
        client.converse(modelId=CLAUDE, messages=failing)
    [span] = telemetry.written()
    assert span["status"] == "ERROR"


def test_content_off(client: Any) -> None:
    with captured(content=False) as told:
        client.converse(modelId=CLAUDE, messages=HELLO)
        assert "hello" not in str(told.written())
