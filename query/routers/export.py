"""Everything of a signal in a window, as OTLP JSON lines."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from ..errors import InvalidQuestion
from ..questions import export
from .compressed import download
from .parameters import PROBLEMS, Ask, Nano, Project, window

router = APIRouter(prefix="/api/export", tags=["export"], responses=PROBLEMS)

_JSON_LINES = "application/x-ndjson"


@router.get(
    "/{signal}",
    operation_id="export_signal",
    response_class=StreamingResponse,
    responses={200: {"content": {_JSON_LINES: {"schema": {"type": "string"}}}}},
)
def export_signal(
    request: Request,
    ask: Ask,
    project: Project,
    signal: export.Signal,
    start: Nano | None = None,
    end: Nano | None = None,
    limit: Annotated[int, Query(ge=1, description="spans, log records or points in all")] = 100_000,
) -> StreamingResponse:
    """Each line is an OTLP export request of some thousand items; the oldest first."""
    if limit > ask.settings.max_export_items:
        raise InvalidQuestion(
            f"cannot export {limit} items: this server allows {ask.settings.max_export_items}; ask for a shorter "
            "window at a time, or raise SPANHOUSE_QUERY_MAX_EXPORT_ITEMS"
        )
    first, last = window(start, end)
    lines = export.export(ask, signal, project, first, last, limit)
    return download(request, lines, _JSON_LINES, f"{signal}.otlp.jsonl")
