"""`spanhouse reprice`: what ran before costs something else only when someone says so, with a server or without."""

from __future__ import annotations

import json
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.spanhouse.command import ANY_PORTS, RunningServer, port_of, spanhouse

TRACE = f"{1:032x}"
PRICES = '[[price]]\nmodel = "our-llama-*"\ninput = {}\noutput = {}\n'


def answer(url: str, body: dict[str, Any] | None = None) -> Any:
    """JSON of a GET, or of a POST of JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def a_call() -> dict[str, Any]:
    """A call of a model that no price list knows: 1,000 tokens in, 500 out."""
    now = time.time_ns()
    said = {
        "gen_ai.operation.name": {"stringValue": "chat"},
        "gen_ai.request.model": {"stringValue": "our-llama-3"},
        "gen_ai.usage.input_tokens": {"intValue": "1000"},
        "gen_ai.usage.output_tokens": {"intValue": "500"},
    }
    span = {
        "traceId": TRACE,
        "spanId": f"{1:016x}",
        "name": "chat our-llama-3",
        "startTimeUnixNano": str(now),
        "endTimeUnixNano": str(now + 10**9),
        "attributes": [{"key": key, "value": value} for key, value in said.items()],
    }
    return {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}


def cost(server: RunningServer) -> Any:
    """What the call cost."""
    return answer(f"{server.page}/api/traces/{TRACE}/skeleton")["spans"]["cost"]


def until_known(server: RunningServer) -> None:
    """Until the model's name is in the price table."""
    query = {"query": "SELECT count() FROM gen_ai_prices", "format": "JSON"}
    for _ in range(100):
        if answer(f"{server.page}/api/sql", query)["rows"] == [["1"]]:
            return
        time.sleep(0.1)
    raise AssertionError("the model's name has not come into the price table within ten seconds")


def test_history_is_priced_anew_by_command_through_the_server_and_without_one(
    tmp_path: Path,
) -> None:
    server = RunningServer("up", *ANY_PORTS, cwd=tmp_path)
    try:
        answer(f"{server.http}/v1/traces", a_call())
        until_known(server)
        assert cost(server) == [None]
        (server.data / "prices.toml").write_text(PRICES.format("0.15", "0.60"))
        flags = ("--otlp-http-port", str(port_of(server.http)))
        tried = spanhouse("reprice", "--dry-run", *flags, cwd=tmp_path)
        assert "no price known -> " in tried.stdout, tried.stderr
        assert "1 name of a model would get another price" in tried.stdout
        assert cost(server) == [None]
        done = spanhouse("reprice", *flags, cwd=tmp_path)
        assert "1 name of a model got another price" in done.stdout, done.stderr
        assert cost(server) == [0.00045]
        again = spanhouse("reprice", *flags, cwd=tmp_path)
        assert again.stdout == "every price is up to date\n"
    finally:
        server.close()
    (server.data / "prices.toml").write_text(PRICES.format("0.30", "1.20"))
    alone = spanhouse("reprice", *flags, cwd=tmp_path)
    assert "1 name of a model got another price" in alone.stdout, alone.stderr
    server = RunningServer("up", *ANY_PORTS, cwd=tmp_path)
    try:
        assert cost(server) == [0.0009]
    finally:
        server.close()
