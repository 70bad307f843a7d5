"""Who calls whom."""

from __future__ import annotations

from fastapi import APIRouter

from ..answers.service_map import ServiceMap
from ..questions import service_map
from ..questions.search import Window
from .parameters import PROBLEMS, Ask, Nano, Project, window

router = APIRouter(prefix="/api", tags=["services"], responses=PROBLEMS)


@router.get("/service-map", operation_id="read_service_map")
def read_service_map(
    ask: Ask, project: Project, start: Nano | None = None, end: Nano | None = None
) -> ServiceMap:
    """Services of the window (the last hour), the calls between them, and the databases and others that they call."""
    return service_map.service_map(ask, Window(project, *window(start, end)))
