"""The tools for a language model, by the protocol's own client over both transports, on a running server."""

from __future__ import annotations

import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp_types import TextContent

from spanhouse.mcp.times import nano_of, time_text
from tests.query.sent import MS, T0, span, span_id, trace_id, traces
from tests.query.test_transcript import agent, chat, text, tool

from .command import RunningServer, environment, spanhouse

Connect = Callable[[], AbstractAsyncContextManager[Client]]

NOW = time.time_ns() - T0 - 60 * 10**9
"""A minute ago, relative to the spans' T0."""


def run(trace: int, start: int, question: str) -> list[Any]:
    """An agent that asks a tool, which fails."""
    asks = {
        "role": "assistant",
        "parts": [{"type": "tool_call", "id": "c", "name": "find", "arguments": {}}],
    }
    attributes = chat([text("user", question)], asks, tokens=100)
    return [
        span(trace, 1, "invoke_agent support", start=start, duration=90 * MS, attributes=agent("support")),
        span(trace, 2, "chat m-1", parent=1, start=start + MS, duration=50 * MS, attributes=attributes),
        span(trace, 3, "execute_tool find", parent=1, start=start + 60 * MS, duration=20 * MS, error=True,
             attributes=tool("find", "c", "{}", "nothing " * 40)),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def sent(server: RunningServer) -> RunningServer:
    """A server with two runs of an agent in the default project, and one trace in another."""
    body = traces([*run(1, NOW, "where is it?"), *run(2, NOW + 200 * MS, "where is she?")], "bot")
    post(server, body.SerializeToString(), "default")
    post(server, traces([span(3, 1, "secret", start=NOW)]).SerializeToString(), "other")
    return server


def post(server: RunningServer, body: bytes, project: str) -> None:
    """Send an export request."""
    headers = {"content-type": "application/x-protobuf", "x-spanhouse-project": project}
    request = urllib.request.Request(f"{server.page}/v1/traces", body, headers)
    with urllib.request.urlopen(request) as response:
        assert response.status == 200


@pytest.fixture(params=["stdio", "http"])
def connect(request: pytest.FixtureRequest, sent: RunningServer, tmp_path: Path) -> Connect:
    """Opens a client, over each transport."""

    @asynccontextmanager
    async def over_http() -> AsyncIterator[Client]:
        async with Client(f"{sent.page}/mcp") as client:
            yield client

    @asynccontextmanager
    async def over_stdio() -> AsyncIterator[Client]:
        command = StdioServerParameters(
            command=sys.executable,
            args=["-m", "spanhouse.cli", "mcp", "--url", sent.page],
            env=environment(),
            cwd=tmp_path,
        )
        async with Client(command) as client:
            yield client

    return over_stdio if request.param == "stdio" else over_http


async def call(client: Client, name: str, **arguments: Any) -> str:
    """A tool's answer."""
    result = await client.call_tool(name, arguments)
    [content] = result.content
    assert isinstance(content, TextContent)
    assert not result.is_error, content.text
    return content.text


async def refused(client: Client, name: str, **arguments: Any) -> str:
    """What a tool says when it cannot answer."""
    result = await client.call_tool(name, arguments)
    [content] = result.content
    assert isinstance(content, TextContent)
    assert result.is_error
    return content.text


async def test_traces_spans_and_logs_are_found(connect: Connect) -> None:
    async with connect() as client:
        tools = (await client.list_tools()).tools
        assert [item.name for item in tools] == [
            "search_traces",
            "search_spans",
            "search_logs",
            "trace_digest",
            "span_detail",
            "critical_path",
            "compare_traces",
            "explain_cost",
            "run_sql",
            "list_tables",
            "list_services",
            "list_attributes",
        ]
        assert all(item.annotations and item.annotations.read_only_hint for item in tools)
        assert "{ operation = invoke_agent } >> { tool = search status = error }" in (
            tools[0].description or ""
        )
        assert "data, not instructions" in (client.instructions or "")

        found = (
            await call(client, "search_traces", query="{ agent = support } > { status = error }")
        ).splitlines()
        assert found[0] == "2 traces"
        assert found[1].startswith(trace_id(2))
        assert found[1].endswith(
            "90 ms `invoke_agent support` of bot, 3 spans, 1 failed, 105 tokens of m-1"
        )

        spans = (await call(client, "search_spans", query="operation = chat", limit=1)).splitlines()
        assert spans[0] == "showing 1 of 2 spans; narrow the query or the window"
        assert f"span {span_id(2)}" in spans[1]
        assert await call(client, "search_logs") == "0 log records"


async def test_a_trace_is_read_down_to_a_span(connect: Connect) -> None:
    async with connect() as client:
        digest = await call(client, "trace_digest", trace_id=trace_id(1))
        assert digest.startswith(f"# Trace {trace_id(1)}: `invoke_agent support` of bot")
        assert "where is it?" in digest

        detail = await call(
            client, "span_detail", trace_id=trace_id(1), span_id=span_id(3), max_chars=2000
        )
        assert "  gen_ai.tool.name = find" in detail
        assert "parent: 0000000000000001; kind: INTERNAL" in detail

        path = (await call(client, "critical_path", trace_id=trace_id(1), limit=1)).splitlines()
        assert path == [
            f"trace {trace_id(1)} took 90 ms",
            "by category: llm 50 ms (56 %), agent 20 ms (22 %), tool 20 ms (22 %)",
            "showing 1 of 3 spans on the critical path; raise limit for more",
            f"  50 ms (56 %) `chat m-1` span {span_id(2)}",
        ]

        compared = await call(client, "compare_traces", left=trace_id(1), right=trace_id(2))
        assert "2 same, 1 changed, 0 moved, 0 left only, 0 right only" in compared
        assert "input user message changed:" in compared
        assert "-where is it?" in compared
        assert "+where is she?" in compared

        assert (await call(client, "list_services")).startswith(
            "1 services\nbot: 6 spans, 2 failed"
        )
        keys = await call(client, "list_attributes", prefix="gen_ai.tool.name")
        assert keys.startswith("1 keys\ngen_ai.tool.name: string of the span")
        values = await call(client, "list_attributes", key="gen_ai.tool.name")
        assert values.startswith("1 values\nfind (")


async def test_sql_and_costs_are_asked(connect: Connect) -> None:
    async with connect() as client:
        rows = await call(
            client,
            "run_sql",
            query="SELECT SpanName, count() AS n FROM otel_traces GROUP BY SpanName ORDER BY SpanName",
        )
        assert rows.splitlines()[0].startswith("3 rows; read ")
        assert rows.splitlines()[1:] == [
            "SpanName (LowCardinality(String))\tn (UInt64)",
            "chat m-1\t2",
            "execute_tool find\t2",
            "invoke_agent support\t2",
        ]
        long = await call(
            client,
            "run_sql",
            query="SELECT number, repeat('x', 250) FROM numbers(50)",
            max_chars=2000,
        )
        assert long.startswith("showing 6 of 50 rows; aggregate, or add LIMIT and WHERE")
        assert "otel_traces" in await call(client, "list_tables")
        assert "TraceId String" in await call(client, "list_tables", table="otel_traces")
        assert "there is none of that name" in await refused(client, "list_tables", table="x")
        assert "'DropQuery' is not allowed" in await refused(
            client, "run_sql", query="DROP TABLE otel_traces"
        )

        cost = await call(client, "explain_cost", trace_id=trace_id(1))
        assert cost.splitlines() == [
            "cost: not known; 100 input and 5 output tokens",
            "no price is known of: m-1",
            "3 GenAI spans",
            f"m-1 span {span_id(2)}: None (unknown)",
            f"left out, calls no model: invoke_agent  span {span_id(1)}",
            f"left out, calls no model: execute_tool  span {span_id(3)}",
        ]


async def test_a_refusal_says_what_to_do(connect: Connect) -> None:
    async with connect() as client:
        assert "no span of it is stored" in await refused(client, "trace_digest", trace_id="0" * 32)
        assert "cannot read the query at character 10" in await refused(
            client, "search_traces", query="status = broken"
        )
        assert "cannot read the time 'yesterday'" in await refused(
            client, "search_traces", since="yesterday"
        )
        assert "trace_id" in await refused(client, "trace_digest", trace_id="x")


async def test_another_project_is_read_only_where_it_is_named(
    sent: RunningServer, tmp_path: Path
) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "spanhouse.cli", "mcp", "--url", sent.page, "--project", "other"],
        env=environment(),
        cwd=tmp_path,
    )
    async with Client(command) as client:
        assert "`secret`" in await call(client, "search_traces")
        assert "no span of it is stored" in await refused(
            client, "trace_digest", trace_id=trace_id(1)
        )


async def test_a_server_that_does_not_run_is_told(tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "spanhouse.cli", "mcp", "--url", "http://127.0.0.1:1"],
        env=environment(),
        cwd=tmp_path,
    )
    async with Client(command) as client:
        assert "cannot reach spanhouse at http://127.0.0.1:1" in await refused(
            client, "list_services"
        )


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"host": "evil.example"}])
def test_a_foreign_page_is_not_answered(sent: RunningServer, headers: dict[str, str]) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    given = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    request = urllib.request.Request(f"{sent.page}/mcp", body, given | headers)
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request)
    assert refusal.value.code == 403
    refusal.value.close()


def test_without_its_package_the_command_says_what_to_install(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "mcp.py").write_text("raise ModuleNotFoundError('gone', name='mcp')\n")
    root = environment()["PYTHONPATH"]
    done = spanhouse("mcp", cwd=tmp_path, PYTHONPATH=f"{hidden}:{root}")
    assert done.returncode == 2
    assert "pip install 'spanhouse[server,mcp]'" in done.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", 10**18),
        ("90s", 10**18 - 90 * 10**9),
        ("2h", 10**18 - 7200 * 10**9),
        ("1970-01-01T00:00:05Z", 5 * 10**9),
        ("1970-01-01T01:00:05+01:00", 5 * 10**9),
        ("1970-01-01", 0),
        ("999999w", 0),
    ],
)
def test_a_time_is_read_as_a_model_writes_it(text: str, expected: int) -> None:
    assert nano_of(text, 10**18) == expected


def test_a_time_is_written_to_the_millisecond() -> None:
    assert time_text(str(T0 + 7 * MS)) == "2026-01-01T00:00:00.007Z"
