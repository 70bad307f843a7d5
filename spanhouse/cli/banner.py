"""What a server prints once it is open: where it listens and what to paste next."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import spanhouse
from spanhouse.settings import ServerSettings, without_password
from spanhouse.terminal import Terminal

if TYPE_CHECKING:
    from spanhouse.server import Doors

_USUAL_GRPC = "127.0.0.1:4317"
_USUAL_PAGE = "http://127.0.0.1:7070"


def announcement(doors: Doors, settings: ServerSettings, terminal: Terminal) -> Iterator[str]:
    """The lines, for a terminal 80 characters wide."""
    yield ""
    title = terminal.style("bold", f"spanhouse {spanhouse.__version__}")
    yield f"{title}  {terminal.style('dim', f'data in {_place(settings)}')}"
    yield ""
    for label, address in (
        ("Page and API", doors.page),
        ("OTLP gRPC", doors.otlp_grpc),
        ("OTLP HTTP", doors.otlp_http),
        ("ClickHouse HTTP", doors.clickhouse),
    ):
        if address:
            yield f"  {label:<17}{terminal.style('cyan', address)}"
    yield ""
    if doors.otlp_grpc:
        yield from _sending(doors, doors.otlp_grpc, terminal)
    yield terminal.style("dim", "Ctrl-C stops.")


def _sending(doors: Doors, otlp_grpc: str, terminal: Terminal) -> Iterator[str]:
    yield "Send from any program with an OpenTelemetry SDK:"
    yield ""
    yield "  export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"
    yield f"  export OTEL_EXPORTER_OTLP_ENDPOINT={doors.otlp_http}"
    yield ""
    yield "Or look at a realistic mix first:"
    yield ""
    demo = f"{_command()} demo"
    if otlp_grpc != _USUAL_GRPC:
        demo += f" --endpoint http://{otlp_grpc}"
    if doors.page and doors.page != _USUAL_PAGE:
        demo += f" --page {doors.page}"
    yield f"  {terminal.style('bold', demo)}"
    yield ""


def _command() -> str:
    """How to type the command here: `make up` runs it from an environment that is not on PATH."""
    if shutil.which("spanhouse"):
        return "spanhouse"
    if os.path.basename(sys.argv[0]) == "spanhouse":
        return sys.argv[0]
    return f"{os.path.basename(sys.executable)} -m spanhouse.cli"


def _place(settings: ServerSettings) -> str:
    if settings.clickhouse is None:
        return str(settings.data.absolute())
    return f"{without_password(settings.clickhouse)}, spool in {settings.data.absolute()}"
