"""The server itself: health, version, projects, and the ledger of what came in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from ..answers.system import Health, Ledger, Projects, Version
from ..errors import problem
from ..questions import system
from .parameters import DEFAULT_PROJECT, PROBLEMS, Ask, AskedProject, Nano, window

router = APIRouter(tags=["system"], responses=PROBLEMS)

_DAY = 86_400 * 10**9


@router.get("/healthz", operation_id="get_health", response_model=Health)
def get_health(request: Request) -> Health | Response:
    """200 once every door is open."""
    if request.app.state.ready():
        return Health(status="ok")
    return problem(
        request,
        503,
        "not-ready",
        "Not ready",
        "the server is starting or stopping; ask again in a second",
    )


@router.get("/api/version", operation_id="get_version")
def get_version(request: Request) -> Version:
    """What runs here and where it listens."""
    state = request.app.state
    return Version(
        version=state.release,
        clickhouse=state.store.server_version,
        store="embedded" if state.store.is_embedded else "server",
        endpoints=state.endpoints,
    )


@router.get("/api/projects", operation_id="list_projects")
def list_projects(ask: Ask) -> Projects:
    """Every project that was ever written to."""
    return system.projects(ask, DEFAULT_PROJECT)


@router.get("/api/ingest", operation_id="get_ingest_ledger")
def get_ingest_ledger(
    ask: Ask, project: AskedProject, start: Nano | None = None, end: Nano | None = None
) -> Ledger:
    """What each sender sent in the window (the last day); of every project where none is named."""
    first, last = window(start, end, _DAY)
    return system.ledger(ask, project, first, last)
