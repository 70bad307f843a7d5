"""Log records by a query in the search language (filters/SPEC.md): pages, the tail, counts."""

from __future__ import annotations

import time
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Path, Query

from ..answers.logs import LogFacets, LogHistogram, LogPage, LogRecord, LogTail
from ..filters.compile import Search
from ..filters.fields import LOGS
from ..questions import logs
from ..questions.search import Window
from .parameters import PROBLEMS, Ask, Cursor, Limit, Nano, Project, QueryText, Word, window

router = APIRouter(prefix="/api/logs", tags=["logs"], responses=PROBLEMS)


class _Asked(NamedTuple):
    window: Window
    search: Search


def _asked(
    project: Project, query: QueryText = "", start: Nano | None = None, end: Nano | None = None
) -> _Asked:
    return _Asked(Window(project, *window(start, end)), Search.of(LOGS, query, time.time_ns()))


Asked = Annotated[_Asked, Depends(_asked)]


@router.get("", operation_id="search_logs")
def search_logs(
    ask: Ask, asked: Asked, sort: logs.Sort = "-time", limit: Limit = 50, cursor: Cursor = None
) -> LogPage:
    """Log records of the window (the last hour) that match, the newest first; `sort=time` goes the other way."""
    return logs.search_logs(ask, *asked, sort, limit, cursor)


@router.get("/tail", operation_id="tail_logs")
def tail_logs(
    ask: Ask,
    asked: Asked,
    since: Annotated[
        Nano | None, Query(description="of the answer before; default: a minute ago")
    ] = None,
    limit: Limit = 500,
) -> LogTail:
    """What has arrived, by arrival: a record that comes late is there, however old. Know it again by `log_id`."""
    return logs.tail_logs(ask, *asked, since, limit)


@router.get("/histogram", operation_id="log_histogram")
def log_histogram(
    ask: Ask, asked: Asked, buckets: Annotated[int, Query(ge=1, le=1000)] = 60
) -> LogHistogram:
    """How many of those records were written when, by severity."""
    return logs.histogram(ask, *asked, buckets)


@router.get("/facets", operation_id="log_facets")
def log_facets(
    ask: Ask,
    asked: Asked,
    attribute: Annotated[
        list[Word] | None, Query(max_length=8, description="keys of attributes to count as well")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="values of each")] = 10,
) -> LogFacets:
    """Which values the records have how often."""
    return logs.facets(ask, *asked, tuple(attribute or ()), limit)


@router.get("/{log_id}", operation_id="get_log_record")
def get_log_record(
    ask: Ask,
    project: Project,
    log_id: Annotated[str, Path(pattern="^[0-9]{1,19}-[0-9a-f]{32}$")],
) -> LogRecord:
    """One log record with its whole body."""
    return logs.log_record(ask, project, log_id)
