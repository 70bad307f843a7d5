"""One trace analysed: where its time went."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from ..answers.critical_path import CriticalPath
from ..questions import analysis
from .compressed import json_response
from .parameters import PROBLEMS, Ask, Project, TraceId

router = APIRouter(prefix="/api/traces", tags=["analysis"], responses=PROBLEMS)

AskedSpanId = Annotated[
    str | None,
    Query(pattern="^[0-9a-fA-F]{16}$", description="16 hex digits: only that span and all below"),
]


@router.get(
    "/{trace_id}/critical-path",
    operation_id="get_trace_critical_path",
    responses={200: {"model": CriticalPath}},
)
def get_trace_critical_path(
    request: Request,
    ask: Ask,
    project: Project,
    trace_id: TraceId,
    span_id: AskedSpanId = None,
) -> Response:
    """The span that was waited for at every moment, and what the wall clock was spent on."""
    body = analysis.trace_critical_path(
        ask, project, trace_id.lower(), span_id.lower() if span_id else None
    )
    return json_response(request, body)
