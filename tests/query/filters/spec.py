"""SPEC.md as data: the rows its examples are about, the examples, and the rows sent as OTLP."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.query.conftest import Api
from tests.query.sent import HOUR, MS, T0, any_value, key_values, span, span_id, trace_id, traces

SPEC = Path(__file__).resolve().parents[3] / "query" / "filters" / "SPEC.md"
WINDOW = {"start": T0 - HOUR, "end": T0 + HOUR}

_BLOCK = re.compile(r"^```(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Example(NamedTuple):
    """A query and what stands after its arrow."""

    query: str
    numbers: tuple[int, ...]


def lines(kind: str) -> list[str]:
    """The lines of the blocks of a kind; plain ones have the kind ""."""
    text = SPEC.read_text(encoding="utf-8")
    return [
        line for found, body in _BLOCK.findall(text) if found == kind for line in body.splitlines()
    ]


def examples(kind: str) -> list[Example]:
    """The examples of the blocks of a kind."""
    parts = [line.rsplit("=>", 1) for line in lines(kind) if "=>" in line]
    return [
        Example(query.strip(), tuple(map(int, numbers.replace("-", "").split())))
        for query, numbers in parts
    ]


def send_spans(api: Api) -> None:
    """The spans of section 1."""
    for line in lines("spans"):
        row = json.loads(line)
        api.send(traces([_span(row)], row["service"], row.get("resource")))


def send_annotations(api: Api) -> None:
    """What section 1 says of them."""
    for line in lines("annotations"):
        row = json.loads(line)
        write = {name: value for name, value in row.items() if name not in ("trace", "span")}
        if "span" in row:
            write["span_id"] = span_id(row["span"])
        path = f"/api/traces/{trace_id(row['trace'])}/annotations"
        assert api.write("POST", path, write).status_code == 201


def send_logs(api: Api) -> None:
    """The log records of section 1."""
    for line in lines("logs"):
        row = json.loads(line)
        request = ExportLogsServiceRequest()
        of_resource = request.resource_logs.add()
        of_resource.resource.attributes.extend(key_values({"service.name": row["service"]}))
        record = of_resource.scope_logs.add().log_records.add(
            time_unix_nano=T0 + row["id"],
            severity_text=row["severity"],
            severity_number=row["severity_number"],
            event_name=row.get("event_name", ""),
            attributes=key_values(row["attributes"]),
        )
        if row["body"]:
            record.body.CopyFrom(any_value(row["body"]))
        if "trace" in row:
            record.trace_id = bytes.fromhex(trace_id(row["trace"]))
            record.span_id = bytes.fromhex(span_id(row["span"]))
        api.send(request, "logs")


def found_spans(api: Api, query: str) -> tuple[int, ...]:
    """The numbers of the spans that a query finds."""
    page = api.get("/api/spans", **WINDOW, query=query, limit=1000)
    assert page["total"] == len(page["spans"])
    return tuple(sorted(int(span["span_id"], 16) for span in page["spans"]))


def found_logs(api: Api, query: str) -> tuple[int, ...]:
    """The numbers of the log records that a query finds."""
    page = api.get("/api/logs", **WINDOW, query=query, limit=1000)
    assert page["total"] == len(page["logs"])
    return tuple(sorted(int(log["time_unix_nano"]) - T0 for log in page["logs"]))


def _span(row: dict[str, Any]) -> Span:
    sent = span(
        row["trace"],
        row["id"],
        row["name"],
        parent=row.get("parent", 0),
        start=row["start"] * MS,
        duration=row["duration"] * MS,
        error="error" in row,
        attributes=row["attributes"],
    )
    sent.kind = Span.SpanKind.Value(f"SPAN_KIND_{row['kind']}")
    sent.status.message = row.get("error", "")
    for name, values in row.get("events", {}).items():
        sent.events.add(name=name, attributes=key_values(values))
    return sent
