"""The fake provider is asked as the libraries ask it, with nothing but urllib."""

from __future__ import annotations

import json
import subprocess
import sys
from binascii import crc32
from collections.abc import Iterator
from http.client import IncompleteRead
from pathlib import Path
from struct import unpack
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.instrumentation.provider import Provider

ROOT = Path(__file__).resolve().parents[2]
WEATHER = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
}


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider of the test's own."""
    with Provider() as running:
        yield running


def ask(url: str, path: str, body: dict[str, Any]) -> bytes:
    """What is answered."""
    asked = Request(url + path, json.dumps(body).encode(), {"content-type": "application/json"})
    with urlopen(asked) as answer:
        data: bytes = answer.read()
    return data


def events(stream: bytes) -> list[Any]:
    """The data of server-sent events."""
    lines = [line[6:] for line in stream.split(b"\n") if line.startswith(b"data: ")]
    return [json.loads(line) for line in lines if line != b"[DONE]"]


def frames(stream: bytes) -> list[tuple[str, Any]]:
    """Type and payload of the frames of a binary event stream, its checksums proved."""
    found = []
    while stream:
        length, headers, prelude_sum = unpack(">III", stream[:12])
        assert prelude_sum == crc32(stream[:8])
        assert unpack(">I", stream[length - 4 : length])[0] == crc32(stream[: length - 4])
        kind = _headers(stream[12 : 12 + headers])[":event-type"]
        found.append((kind, json.loads(stream[12 + headers : length - 4])))
        stream = stream[length:]
    return found


def _headers(block: bytes) -> dict[str, str]:
    """Each is: length of its name, name, type 7 (a string), length of its value, value."""
    found = {}
    while block:
        name, block = block[1 : 1 + block[0]].decode(), block[1 + block[0] :]
        assert block[0] == 7
        end = 3 + unpack(">H", block[1:3])[0]
        found[name], block = block[3:end].decode(), block[end:]
    return found


def test_a_tool_named_in_the_question_is_called_and_its_result_quoted(provider: Provider) -> None:
    """Arguments come from the tool's schema; the answer after the result has its words."""
    tools = [{"type": "function", "function": {"name": "weather", "parameters": WEATHER}}]
    messages: list[Any] = [{"role": "user", "content": "call weather"}]
    body = {"model": "gpt-4o", "messages": messages, "tools": tools}
    message = json.loads(ask(provider.url, "/v1/chat/completions", body))["choices"][0]["message"]
    assert message["tool_calls"] == [
        {
            "id": "call_1",
            "type": "function",
            "function": {"name": "weather", "arguments": '{"city": "Paris", "days": 2}'},
        }
    ]
    messages += [message, {"role": "tool", "tool_call_id": "call_1", "content": "sunny"}]
    told = json.loads(ask(provider.url, "/v1/chat/completions", body))
    assert told["choices"][0]["message"]["content"] == "It says: sunny"
    assert told["choices"][0]["finish_reason"] == "stop"


@pytest.mark.parametrize(
    ("path", "body", "usage"),
    [
        (
            "/v1/chat/completions",
            {"model": "m", "messages": [{"role": "user", "content": "hi"}]},
            {
                "prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10,
                "prompt_tokens_details": {"cached_tokens": 2},
                "completion_tokens_details": {"reasoning_tokens": 1},
            },
        ),
        (
            "/openai/deployments/mine/chat/completions?api-version=2025-04-01",
            {"messages": [{"role": "user", "content": "hi"}]},
            {
                "prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10,
                "prompt_tokens_details": {"cached_tokens": 2},
                "completion_tokens_details": {"reasoning_tokens": 1},
            },
        ),
        (
            "/v1/messages",
            {"model": "m", "messages": [{"role": "user", "content": "hi"}]},
            {
                "input_tokens": 5, "cache_read_input_tokens": 2, "cache_creation_input_tokens": 0,
                "output_tokens": 3,
            },
        ),
        (
            "/model/anthropic.claude/converse",
            {"messages": [{"role": "user", "content": [{"text": "hi"}]}]},
            {
                "inputTokens": 5, "cacheReadInputTokens": 2, "outputTokens": 3, "totalTokens": 10,
            },
        ),
    ],
    ids=["chat", "azure", "anthropic", "converse"],
)  # fmt: skip
def test_the_same_usage_is_told_in_each_dialect(
    provider: Provider, path: str, body: dict[str, Any], usage: dict[str, Any]
) -> None:
    """7 input tokens, 2 of them cached; 3 output tokens, 1 of them reasoning; in the provider's buckets."""
    assert json.loads(ask(provider.url, path, body))["usage"] == usage


def test_gemini_tells_thoughts_beside_the_candidates(provider: Provider) -> None:
    """The stream's last chunk has the whole usage and the reason it stopped."""
    body = {"contents": [{"role": "user", "parts": [{"text": "hi"}]}]}
    path = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
    chunks = events(ask(provider.url, path, body))
    parts = [chunk["candidates"][0]["content"]["parts"][0]["text"] for chunk in chunks]
    assert parts == ["You ", "said: hi"]
    assert chunks[-1]["candidates"][0]["finishReason"] == "STOP"
    assert chunks[-1]["usageMetadata"] == {
        "promptTokenCount": 7,
        "cachedContentTokenCount": 2,
        "candidatesTokenCount": 2,
        "thoughtsTokenCount": 1,
        "totalTokenCount": 10,
    }


def test_a_stream_of_chat_tells_its_usage_only_when_asked(provider: Provider) -> None:
    """As OpenAI does with `stream_options.include_usage`."""
    body = {"model": "m", "messages": [{"role": "user", "content": "hi"}], "stream": True}
    without = events(ask(provider.url, "/v1/chat/completions", body))
    body["stream_options"] = {"include_usage": True}
    with_usage = events(ask(provider.url, "/v1/chat/completions", body))
    assert [chunk for chunk in without if chunk.get("usage")] == []
    assert [chunk["usage"]["total_tokens"] for chunk in with_usage if chunk.get("usage")] == [10]
    assert [chunk["choices"][0]["delta"] for chunk in without] == [
        {"role": "assistant", "content": ""},
        {"content": "You"},
        {"content": " said:"},
        {"content": " hi"},
        {},
    ]


def test_a_binary_stream_has_right_checksums(provider: Provider) -> None:
    """Bedrock's frames, in their order."""
    body = {"messages": [{"role": "user", "content": [{"text": "hi"}]}]}
    found = frames(ask(provider.url, "/model/amazon.nova/converse-stream", body))
    assert [kind for kind, _ in found] == [
        "messageStart",
        "contentBlockDelta",
        "contentBlockDelta",
        "contentBlockStop",
        "messageStop",
        "metadata",
    ]
    assert found[1][1] == {"contentBlockIndex": 0, "delta": {"text": "You "}}


def test_fail_is_refused_and_overload_once(provider: Provider) -> None:
    """Each request is in the log with the status it got."""

    def status(said: str) -> int:
        body = {"model": "m", "messages": [{"role": "user", "content": said}]}
        try:
            ask(provider.url, "/v1/messages", body)
        except HTTPError as error:
            with error:
                return error.code
        return 200

    assert [status("fail"), status("overload"), status("overload"), status("overload")] == [
        400,
        429,
        200,
        429,
    ]
    assert [request.status for request in provider.log] == [400, 429, 200, 429]
    assert provider.log[0].path == "/v1/messages"
    assert provider.log[0].body["messages"] == [{"role": "user", "content": "fail"}]


def test_break_cuts_a_stream_after_two_chunks(provider: Provider) -> None:
    """The connection ends without the end of the body."""
    body = {"model": "m", "messages": [{"role": "user", "content": "break"}], "stream": True}
    with pytest.raises(IncompleteRead) as cut:
        ask(provider.url, "/v1/chat/completions", body)
    assert len(events(cut.value.partial)) == 2


def test_it_runs_as_a_program() -> None:
    """It prints its address, and answers there."""
    command = [sys.executable, "-m", "tests.instrumentation.provider", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            told = json.loads(ask(url, "/v1/messages/count_tokens", {"model": "m", "messages": []}))
            assert told == {"input_tokens": 7}
        finally:
            process.terminate()
