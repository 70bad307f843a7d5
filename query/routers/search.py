"""Spans by a query in the search language (filters/SPEC.md)."""

from __future__ import annotations

import time

from fastapi import APIRouter

from ..answers.search import SpanPage
from ..filters.compile import Search
from ..filters.fields import SPANS
from ..questions import search
from .parameters import PROBLEMS, Ask, Cursor, Limit, Nano, Project, QueryText, window

router = APIRouter(prefix="/api", tags=["search"], responses=PROBLEMS)


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
