"""Claude Agent SDK: a run is an agent with the model calls and tools that the program it starts tells of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spanhouse.instrumentation.operation import MODEL_CALLS
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider

sdk = pytest.importorskip("claude_agent_sdk")


def _options(directory: Path) -> Any:
    @sdk.tool("weather", "The weather of a city.", {"city": str})  # type: ignore[untyped-decorator, unused-ignore]
    async def weather(asked: dict[str, Any]) -> dict[str, Any]:
        return {"content": [{"type": "text", "text": f"sunny in {asked['city']}"}]}

    return sdk.ClaudeAgentOptions(
        model="claude-x",
        system_prompt="Be brief.",
        tools=[],
        mcp_servers={"desk": sdk.create_sdk_mcp_server("desk", tools=[weather])},
        allowed_tools=["mcp__desk__weather"],
        setting_sources=[],
        cwd=str(directory),
        env={
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "CLAUDE_CODE_MAX_RETRIES": "0",
            "CLAUDE_CONFIG_DIR": str(directory),
        },
    )


async def _run(directory: Path, said: str) -> list[Any]:
    return [each async for each in sdk.query(prompt=said, options=_options(directory))]


def _ours(telemetry: Captured) -> list[dict[str, Any]]:
    """Without the spans of MCP, by which the other program calls the tools that are here."""
    return [each for each in telemetry.written() if "mcp.method.name" not in each["attributes"]]


def _calls(telemetry: Captured) -> list[dict[str, Any]]:
    return [
        each
        for each in telemetry.written()
        if each["attributes"].get("gen_ai.operation.name") in MODEL_CALLS
    ]


async def test_a_run_with_a_tool_is_an_agent_two_model_calls_and_the_tool(
    provider: Provider, telemetry: Captured, tmp_path: Path
) -> None:
    messages = await _run(tmp_path, "what mcp__desk__weather?")
    assert "sunny in Paris" in messages[-1].result
    assert len(_calls(telemetry)) == len(provider.log) == 2
    first, tool, second, agent = _ours(telemetry)
    assert [first["name"], second["name"]] == ["chat claude-x"] * 2
    assert {each["parent"] for each in (first, tool, second)} == {agent["id"]}
    for key, total in {
        "input_tokens": 14,
        "output_tokens": 6,
        "cache_read.input_tokens": 4,
    }.items():
        assert sum(call["attributes"][f"gen_ai.usage.{key}"] for call in (first, second)) == total
    assert not [key for each in (tool, agent) for key in each["attributes"] if "usage" in key]
    assert tool == {
        "name": "execute_tool mcp__desk__weather", "kind": "INTERNAL", "id": tool["id"], "parent": 1, "status": "UNSET",
        "events": [],
        "attributes": {
            "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "mcp__desk__weather",
            "gen_ai.tool.type": "extension", "gen_ai.tool.call.id": "toolu_1",
            "gen_ai.tool.call.arguments": '{"city":"Paris"}',
            "gen_ai.tool.call.result": '[{"type":"text","text":"sunny in Paris"}]',
        },
    }  # fmt: skip
    assert agent["attributes"].pop("gen_ai.output.messages") is not None
    assert agent == {
        "name": "invoke_agent Claude", "kind": "INTERNAL", "id": 1, "parent": None, "status": "UNSET", "events": [],
        "attributes": {
            "gen_ai.operation.name": "invoke_agent", "gen_ai.provider.name": "anthropic", "gen_ai.agent.name": "Claude",
            "gen_ai.request.model": "claude-x", "gen_ai.conversation.id": messages[-1].session_id,
            "gen_ai.system_instructions": '[{"type":"text","content":"Be brief."}]',
            "gen_ai.input.messages": (
                '[{"role":"user","parts":[{"type":"text","content":"what mcp__desk__weather?"}]}]'
            ),
        },
    }  # fmt: skip


async def test_a_client_s_turns_are_told_alike(
    provider: Provider, telemetry: Captured, tmp_path: Path
) -> None:
    async with sdk.ClaudeSDKClient(options=_options(tmp_path)) as client:
        await client.query("hello")
        assert [type(each).__name__ async for each in client.receive_response()][
            -1
        ] == "ResultMessage"
    call, agent = _ours(telemetry)
    assert (call["name"], agent["name"]) == ("chat claude-x", "invoke_agent Claude")
    usage = {
        key: value for key, value in call["attributes"].items() if key.startswith("gen_ai.usage.")
    }
    assert usage == {
        "gen_ai.usage.input_tokens": 7, "gen_ai.usage.output_tokens": 3, "gen_ai.usage.cache_read.input_tokens": 2,
    }  # fmt: skip
    assert len(provider.log) == 1


async def test_an_error_goes_on_to_the_program(provider: Provider, tmp_path: Path) -> None:
    """The other program repeats the request by itself, and tells of the last answer."""
    with captured() as telemetry:
        with pytest.raises(Exception, match="asked to fail"):
            await _run(tmp_path, "please fail")
        call, agent = _ours(telemetry)
    assert {request.status for request in provider.log} == {400}
    assert (call["name"], call["status"]) == ("chat", "ERROR")
    assert agent["status"] == "ERROR"
    assert agent["attributes"]["error.type"].startswith("claude_agent_sdk")


async def test_with_content_off_no_text_is_written(provider: Provider, tmp_path: Path) -> None:
    with captured(content=False) as telemetry:
        await _run(tmp_path, "what mcp__desk__weather?")
        assert len(_calls(telemetry)) == 2
        for written in ("sunny", "Paris", "Be brief"):
            assert written not in str(telemetry.written())


def test_uninstrument_restores_the_functions(provider: Provider) -> None:
    before = sdk.query
    with captured():
        assert sdk.query is not before
    assert sdk.query is before
