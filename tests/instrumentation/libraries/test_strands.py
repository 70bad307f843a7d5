"""Strands: its own spans under the canonical names, one model call per request, usage only there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import hold_usage, model_calls

strands = pytest.importorskip("strands")


@strands.tool  # type: ignore[untyped-decorator, unused-ignore]
def weather(city: str) -> str:
    """The weather of a city."""
    return f"sunny in {city}"


def _agent() -> Any:
    gemini = pytest.importorskip("strands.models.gemini")
    model = gemini.GeminiModel(model_id="gemini-2.5-flash", client_args={"api_key": "test-key"})
    return strands.Agent(
        name="helper",
        model=model,
        tools=[weather],
        system_prompt="Be brief.",
        callback_handler=None,
        retry_strategy=None,
    )


def _holds_the_provider_s_usage(telemetry: Captured, requests: int) -> None:
    # The library knows of no thoughts; they are in the output's count.
    hold_usage(
        telemetry.written(),
        requests,
        {"input_tokens": 7, "output_tokens": 3, "cache_read.input_tokens": 2},
    )


def test_a_run_with_a_tool_is_an_agent_of_two_cycles_two_model_calls_and_the_tool(
    provider: Provider, telemetry: Captured
) -> None:
    assert "sunny in Paris" in str(_agent()("what weather?"))
    assert len(provider.log) == 2
    _holds_the_provider_s_usage(telemetry, 2)
    first, tool, cycle, second, last_cycle, agent = telemetry.written()
    assert [first["name"], second["name"]] == ["chat gemini-2.5-flash"] * 2
    assert cycle["name"] == last_cycle["name"] == "execute_event_loop_cycle"
    assert "gen_ai.operation.name" not in cycle["attributes"]
    assert [each["role"] for each in json.loads(second["attributes"]["gen_ai.input.messages"])] == [
        "user", "assistant", "tool",
    ]  # fmt: skip
    assert second["attributes"]["gen_ai.response.finish_reasons"] == ["end_turn"]
    assert 0 < second["attributes"]["gen_ai.response.time_to_first_chunk"] < 60
    # Made anew by each run.
    assert tool["attributes"].pop("gen_ai.tool.call.id")
    assert tool == {
        "name": "execute_tool weather", "kind": "INTERNAL", "id": 4, "parent": 2, "status": "OK", "events": [],
        "attributes": {
            "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "weather", "gen_ai.tool.type": "function",
            "gen_ai.tool.description": "The weather of a city.", "gen_ai.tool.status": "success",
            "gen_ai.tool.call.arguments": '{"city":"Paris"}', "gen_ai.tool.call.result": '[{"text":"sunny in Paris"}]',
        },
    }  # fmt: skip
    answer = agent["attributes"].pop("gen_ai.output.messages")
    assert "sunny in Paris" in answer
    assert agent == {
        "name": "invoke_agent helper", "kind": "INTERNAL", "id": 1, "parent": None, "status": "OK", "events": [],
        "attributes": {
            "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "helper",
            "gen_ai.request.model": "gemini-2.5-flash",
            "gen_ai.system_instructions": '[{"type":"text","content":"Be brief."}]',
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"what weather?"}]}]',
            "gen_ai.tool.definitions": (
                '[{"type":"function","name":"weather","description":"The weather of a city.","parameters":'
                '{"properties":{"city":{"description":"Parameter city","type":"string"}},'
                '"required":["city"],"type":"object"}}]'
            ),
        },
    }  # fmt: skip


async def test_an_asynchronous_and_a_streamed_run_are_told_alike(
    provider: Provider, telemetry: Captured
) -> None:
    await _agent().invoke_async("hello")
    assert [event async for event in _agent().stream_async("hello")]
    assert len(provider.log) == 2
    _holds_the_provider_s_usage(telemetry, 2)


@pytest.mark.parametrize("streaming", [True, False])
def test_of_bedrock_the_cached_tokens_are_among_the_input_tokens(
    provider: Provider, telemetry: Captured, streaming: bool
) -> None:
    bedrock = pytest.importorskip("strands.models.bedrock")
    model = bedrock.BedrockModel(model_id="anthropic.claude-x", streaming=streaming)
    strands.Agent(name="helper", model=model, tools=[weather], callback_handler=None)(
        "what weather?"
    )
    assert len(provider.log) == 2
    _holds_the_provider_s_usage(telemetry, 2)
    assert {
        call["attributes"]["gen_ai.provider.name"] for call in model_calls(telemetry.written())
    } == {"aws.bedrock"}


def test_an_error_goes_on_to_the_program(provider: Provider, telemetry: Captured) -> None:
    errors = pytest.importorskip("google.genai.errors")
    with pytest.raises(errors.ClientError):
        _agent()("please fail")
    (call,) = model_calls(telemetry.written())
    assert call["status"] == "ERROR"
    assert call["attributes"]["error.type"] == "google.genai.errors.ClientError"
    assert len(provider.log) == 1


def test_with_content_off_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        _agent()("what weather?")
        assert len(model_calls(telemetry.written())) == 2
        for text in ("sunny", "Paris", "what weather", "Be brief"):
            assert text not in str(telemetry.written())


def test_uninstrument_takes_the_variable_back(provider: Provider) -> None:
    import os

    with captured() as telemetry:
        assert str(telemetry.report["strands"]) == "native"
        assert "gen_ai_latest_experimental" in os.environ["OTEL_SEMCONV_STABILITY_OPT_IN"]
    assert "OTEL_SEMCONV_STABILITY_OPT_IN" not in os.environ
