"""Spans and log records by a query in the search language (filters/SPEC.md)."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Query

from ..answers.search import LogPage, SpanPage
from ..filters.compile import Search
from ..filters.fields import LOGS, SPANS
from ..questions import search
from .parameters import PROBLEMS, Ask, Limit, Nano, Project, QueryText, window

router = APIRouter(prefix="/api", tags=["search"], responses=PROBLEMS)

Cursor = Annotated[str | None, Query(max_length=1000)]


@router.get("/spans", operation_id="search_spans")
def search_spans(
    ask: Ask,
    project: Project,
    query: QueryText = "",
    start: Nano | None = None,
    end: Nano | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> SpanPage:
    """Spans that began in the window (the last hour) and match, the newest first."""
    within = search.Window(project, *window(start, end))
    return search.search_spans(ask, within, Search.of(SPANS, query, time.time_ns()), limit, cursor)


@router.get("/logs", operation_id="search_logs")
def search_logs(
    ask: Ask,
    project: Project,
    query: QueryText = "",
    start: Nano | None = None,
    end: Nano | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> LogPage:
    """Log records of the window (the last hour) that match, the newest first."""
    within = search.Window(project, *window(start, end))
    return search.search_logs(ask, within, Search.of(LOGS, query, time.time_ns()), limit, cursor)
