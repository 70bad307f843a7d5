"""The queries that the SQL page starts people off with, run on the engine as the page runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from spanhouse.instrumentation import semconv

from .conftest import Api
from .sent import SECOND, T0, key_values, span, span_id, trace_id, traces

_FILE = Path(__file__).resolve().parents[2] / "ui" / "src" / "features" / "sql" / "starters.json"
STARTERS: list[dict[str, str]] = json.loads(_FILE.read_text(encoding="utf-8"))

_PARAMETER = re.compile(r"\{(\w+):")
# Seconds since 1970, as the page writes the bounds of a window.
_VALUES = {
    "start": str(T0 // SECOND - 60),
    "end": str(T0 // SECOND + 60),
    "key": "http.route",
    "text": "refused",
}
# Of those that find something in what is sent below: the first row.
_FIRST_ROWS: dict[str, list[Any]] = {
    "Slowest operations": ["web", "work", "1", 2000, 2000, 2000],
    "Error rate by service": ["web", "1", "3", 33.33],
    "Most frequent exceptions": ["CardError", "no funds", "web", "1", trace_id(1)],
    "Tokens and latency by model": ["m-1", "1", "90", "10", 1, "0"],
    "Tools: calls, failures, latency": ["lookup", "1", "1", 1],
    "Scores by name": ["relevance", "", "1", 0.5, 0.5, 0.5],
    "Most frequent values of an attribute": ["/cart", "1", 2000],
}


@pytest.fixture(scope="module")
def sent(client: Any) -> Api:
    """A request, a failed tool, a model call, a score."""
    api = Api(client, "starters")
    request = span(1, 1, duration=2 * SECOND, attributes={"http.route": "/cart"})
    tool = span(
        1, 2, "tool", parent=1, error=True,
        attributes={"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "lookup"},
    )  # fmt: skip
    exception = {"exception.type": "CardError", "exception.message": "no funds"}
    tool.events.add(name="exception", time_unix_nano=T0, attributes=key_values(exception))
    usage = {"gen_ai.usage.input_tokens": 90, "gen_ai.usage.output_tokens": 10}
    model = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "m-1"}
    call = span(1, 3, "chat", parent=1, attributes={**model, **usage})
    api.send(traces([request, tool, call]))
    logs = ExportLogsServiceRequest()
    logs.resource_logs.add().scope_logs.add().log_records.add(
        event_name=semconv.EVALUATION_RESULT,
        time_unix_nano=T0,
        trace_id=bytes.fromhex(trace_id(1)),
        span_id=bytes.fromhex(span_id(3)),
        attributes=key_values(
            {semconv.EVALUATION_NAME: "relevance", semconv.EVALUATION_SCORE_VALUE: 0.5}
        ),
    )
    api.send(logs, "logs")
    return api


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter["name"])
def test_a_starter_runs_as_it_is(sent: Api, starter: dict[str, str]) -> None:
    parameters = {name: _VALUES[name] for name in _PARAMETER.findall(starter["query"])}
    write = {"query": starter["query"], "parameters": parameters}
    response = sent.write("POST", "/api/sql", write)
    assert response.status_code == 200, response.text
    answer = response.json()
    assert len(answer["columns"]) > 1
    if starter["name"] in _FIRST_ROWS:
        assert answer["rows"][0] == _FIRST_ROWS[starter["name"]]


def test_what_is_expected_of_starters_is_of_starters_there_are() -> None:
    assert set(_FIRST_ROWS) <= {starter["name"] for starter in STARTERS}
    assert len({starter["name"] for starter in STARTERS}) == len(STARTERS)


def test_no_sql_sees_what_another_project_said(sent: Api) -> None:
    other = Api(sent.client, "starters-other")
    for api, expected in ((sent, [[sent.project]]), (other, [])):
        write = {"query": "SELECT DISTINCT ProjectId FROM annotations"}
        assert api.write("POST", "/api/sql", write).json()["rows"] == expected
