"""MCP: its own spans of both sides, under the conventions' names."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from spanhouse.instrumentation.testing import Captured, captured

mcp = pytest.importorskip("mcp")
if not hasattr(mcp, "Client"):
    pytest.skip("mcp makes spans since 2.0", allow_module_level=True)

_SERVER = """
from mcp.server import MCPServer
server = MCPServer("weather")
@server.tool()
def weather(city: str) -> str:
    return f"sunny in {city}"
server.run()
"""


def _server() -> Any:
    server = mcp.server.MCPServer("weather")

    @server.tool()  # type: ignore[untyped-decorator, unused-ignore]
    def weather(city: str) -> str:
        if city == "nowhere":
            raise ValueError("no such city")
        return f"sunny in {city}"

    return server


async def test_a_server_tells_a_tool_s_call(telemetry: Captured) -> None:
    async with mcp.Client(_server()) as client:
        telemetry.clear()
        answer = await client.call_tool("weather", {"city": "Paris"})
    assert answer.content[0].text == "sunny in Paris"
    assert [each for each in telemetry.written() if each["name"].startswith("tools/call")] == [
        {
            "name": "tools/call weather", "kind": "SERVER", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "mcp.method.name": "tools/call", "mcp.protocol.version": "2026-07-28", "jsonrpc.request.id": "2",
                "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "weather",
            },
        }
    ]  # fmt: skip
    assert str(telemetry.report["mcp"]) == "native"


async def test_a_tool_s_failure_is_a_tool_error(telemetry: Captured) -> None:
    async with mcp.Client(_server()) as client:
        telemetry.clear()
        assert (await client.call_tool("weather", {"city": "nowhere"})).is_error
    span = next(each for each in telemetry.written() if each["name"] == "tools/call weather")
    assert (span["status"], span["attributes"]["error.type"]) == ("ERROR", "tool_error")


async def test_a_client_s_span_has_the_method_and_the_tool_as_its_name(telemetry: Captured) -> None:
    from mcp.client.stdio import StdioServerParameters, stdio_client

    transport = stdio_client(StdioServerParameters(command=sys.executable, args=["-c", _SERVER]))
    async with mcp.Client(transport) as client:
        await client.call_tool("weather", {"city": "Paris"})
    call = next(
        each
        for each in telemetry.written()
        if each["attributes"]["mcp.method.name"] == "tools/call"
    )
    assert (call["name"], call["kind"], call["attributes"]["gen_ai.tool.name"]) == (
        "tools/call weather",
        "CLIENT",
        "weather",
    )
    assert not [each["name"] for each in telemetry.written() if each["name"].startswith("MCP send")]


async def test_no_text_is_written_and_uninstrument_stops_the_renaming() -> None:
    from spanhouse.instrumentation.native import _BY_SCOPE

    with captured(content=False) as telemetry:
        async with mcp.Client(_server()) as client:
            await client.call_tool("weather", {"city": "Paris"})
        assert "mcp-python-sdk" in _BY_SCOPE
        assert "Paris" not in str(telemetry.written())
    assert "mcp-python-sdk" not in _BY_SCOPE
