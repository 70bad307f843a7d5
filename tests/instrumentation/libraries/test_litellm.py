"""LiteLLM: one span per request, whether OpenAI's SDK makes it inside or LiteLLM's own client."""

from __future__ import annotations

from typing import Any

import litellm
import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider

HELLO: Any = [{"role": "user", "content": "hello"}]
TOKENS = (7, 3, 2)


def told(captured: Captured) -> list[tuple[Any, ...]]:
    return [
        (
            span["name"],
            span["attributes"]["gen_ai.provider.name"],
            tuple(
                span["attributes"].get(f"gen_ai.usage.{bucket}")
                for bucket in ("input_tokens", "output_tokens", "cache_read.input_tokens")
            ),
        )
        for span in captured.written()
    ]


def test_through_the_sdk_and_through_its_own_client(
    telemetry: Captured, provider: Provider
) -> None:
    litellm.completion("openai/gpt-4o", messages=HELLO)
    litellm.completion("groq/llama-3", messages=HELLO, api_base=provider.url)
    assert told(telemetry) == [("chat gpt-4o", "openai", TOKENS), ("chat llama-3", "groq", TOKENS)]


def test_streams(telemetry: Captured, provider: Provider) -> None:
    usage = {"include_usage": True}
    list(litellm.completion("openai/gpt-4o", messages=HELLO, stream=True, stream_options=usage))
    chunks = litellm.completion(
        "groq/llama-3", messages=HELLO, api_base=provider.url, stream=True, stream_options=usage
    )
    assert isinstance(chunks, litellm.CustomStreamWrapper)
    list(chunks)
    assert [(name, tokens[:2]) for name, _, tokens in told(telemetry)] == [
        ("chat gpt-4o", (7, 3)),
        ("chat llama-3", (7, 3)),
    ]
    assert telemetry.written()[1]["attributes"]["gen_ai.response.finish_reasons"] == ["stop"]


async def test_asynchronously(telemetry: Captured, provider: Provider) -> None:
    await litellm.acompletion("openai/gpt-4o", messages=HELLO)
    await litellm.acompletion("groq/llama-3", messages=HELLO, api_base=provider.url)
    async for _ in await litellm.acompletion(
        "groq/llama-3", messages=HELLO, api_base=provider.url, stream=True
    ):
        pass
    assert [name for name, _, _ in told(telemetry)] == [
        "chat gpt-4o",
        "chat llama-3",
        "chat llama-3",
    ]


def test_embeddings(telemetry: Captured) -> None:
    litellm.embedding("openai/text-embedding-3-small", input=["hello"])
    assert told(telemetry) == [("embeddings text-embedding-3-small", "openai", (7, None, None))]


def test_an_error_is_litellm_s_own(telemetry: Captured, provider: Provider) -> None:
    failing: Any = [{"role": "user", "content": "fail"}]
    with pytest.raises(litellm.BadRequestError):
        litellm.completion("groq/llama-3", messages=failing, api_base=provider.url)
    [error] = telemetry.written()
    assert error["status"] == "ERROR"
    assert error["attributes"]["error.type"] == "litellm.exceptions.BadRequestError"


def test_uninstrumented_the_package_is_as_it_was() -> None:
    before = litellm.completion
    with captured():
        assert litellm.completion is not before
    assert litellm.completion is before
