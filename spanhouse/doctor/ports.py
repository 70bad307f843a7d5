"""The four ports: free, held by a spanhouse server that answers, or held by something else."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spanhouse import ports
from spanhouse.settings import PORTS, SETTINGS, ServerSettings

from .check import Check

_DOORS = {
    "port": "page and API",
    "otlp_grpc_port": "OTLP gRPC",
    "otlp_http_port": "OTLP HTTP",
    "clickhouse_port": "ClickHouse HTTP",
}
_ANSWER_SECONDS = 3.0


@dataclass(frozen=True)
class RunningServer:
    """A spanhouse server that answers on the page's port."""

    version: str
    is_ready: bool
    ports: frozenset[int]
    """Every port it says it listens on."""
    pid: int | None


def find_server(settings: ServerSettings) -> RunningServer | None:
    """The server on the page's port, if there is one."""
    base = f"http://[{settings.host}]" if ":" in settings.host else f"http://{settings.host}"
    status, _ = _get(f"{base}:{settings.port}/healthz")
    if status is None:
        return None
    _, body = _get(f"{base}:{settings.port}/api/version")
    if not isinstance(body, dict) or "endpoints" not in body:
        return None
    listening = {int(str(address).rpartition(":")[2]) for address in body["endpoints"].values()}
    held_by = ports.holder(settings.port)
    return RunningServer(
        str(body.get("version")),
        status == http.client.OK,
        frozenset({settings.port, *listening}),
        held_by.pid if held_by else None,
    )


def port_checks(settings: ServerSettings, server: RunningServer | None) -> Iterator[Check]:
    """One check per port that is not "any free one"."""
    for setting in SETTINGS:
        port = getattr(settings, setting.name)
        if setting.name in PORTS and port:
            yield _port(settings.host, port, _DOORS[setting.name], setting.flag, server)


def _port(host: str, port: int, door: str, flag: str, server: RunningServer | None) -> Check:
    name = f"port {port}, {door}"
    try:
        ports.check_free(host, port)
    except ports.PortTaken as error:
        found = str(error)
    else:
        return Check(name, "ok", "free")
    if server is None or port not in server.ports:
        return Check(name, "fail", found, f"stop it, or choose another with {flag}")
    running = f"spanhouse {server.version}" + (f", pid {server.pid}" if server.pid else "")
    if server.is_ready:
        return Check(name, "ok", f"{running}, runs and answers")
    return Check(name, "warn", f"{running}, is starting or stopping", "wait, then look again")


def _get(url: str) -> tuple[int | None, Any]:
    """Status and JSON of an answer; None where nothing that speaks HTTP answers."""
    try:
        with urllib.request.urlopen(url, timeout=_ANSWER_SECONDS) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, None
    except (OSError, ValueError, http.client.HTTPException):
        return None, None
