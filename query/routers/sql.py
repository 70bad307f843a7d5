"""SQL of users: run it, watch it, cancel it, and what it may name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from itertools import chain
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Path, Request, Response

from ..answers.sql import SqlAnswer, SqlFormat, SqlProgress, SqlRequest, SqlSchema
from ..user_sql import UserSql
from ..user_sql.running import Running
from ..user_sql.schema import schema
from .compressed import download, json_response
from .parameters import PROBLEMS, Ask, Project

_PROBLEM = PROBLEMS[400]["content"]
router = APIRouter(
    prefix="/api/sql",
    tags=["sql"],
    responses=PROBLEMS
    | {
        403: {"description": "The SQL may do what a user's SQL may not", "content": _PROBLEM},
        409: {"description": "The query was cancelled", "content": _PROBLEM},
    },
)

# ClickHouse's format, media type, and the end of the file's name.
_FILES: dict[SqlFormat, tuple[str, str, str]] = {
    "CSV": ("CSVWithNames", "text/csv; charset=utf-8", "csv"),
    "TSV": ("TabSeparatedWithNames", "text/tab-separated-values; charset=utf-8", "tsv"),
    "Parquet": ("Parquet", "application/vnd.apache.parquet", "parquet"),
    "Arrow": ("Arrow", "application/vnd.apache.arrow.file", "arrow"),
}


def _user_sql(request: Request) -> UserSql:
    found: UserSql = request.app.state.user_sql
    return found


Sql = Annotated[UserSql, Depends(_user_sql)]
QueryId = Annotated[str, Path(max_length=200)]


@router.post(
    "",
    operation_id="run_sql",
    response_model=SqlAnswer,
    responses={
        200: {
            "content": {
                media_type: {"schema": {"type": "string", "format": "binary"}}
                for _, media_type, _ in _FILES.values()
            }
        }
    },
)
def run_sql(request: Request, user_sql: Sql, project: Project, body: SqlRequest) -> Response:
    """The rows of a query, or a file of them."""
    if body.format == "JSON":
        answer = user_sql.run(
            project,
            body.query,
            operation="run_sql",
            parameters=body.parameters,
            query_id=body.query_id,
        )
        found = {
            "query_id": answer.query_id,
            "columns": [column._asdict() for column in answer.columns],
            "rows": answer.rows,
            "row_count": len(answer.rows),
            "truncated": answer.is_truncated,
            "row_limit": answer.row_limit,
            "statistics": _cost(asdict(answer.statistics)),
        }
        return json_response(request, orjson.dumps(found))
    name, media_type, ending = _FILES[body.format]
    running = user_sql.start(
        project,
        body.query,
        name,
        operation="run_sql",
        parameters=body.parameters,
        query_id=body.query_id,
    )
    return download(request, begun(running), media_type, f"spanhouse.{ending}")


@router.get("/schema", operation_id="get_sql_schema")
def get_sql_schema(ask: Ask) -> SqlSchema:
    """Tables and columns with what they hold, functions and keywords."""
    return schema(ask.store)


@router.get("/{query_id}", operation_id="get_sql_progress")
def get_sql_progress(user_sql: Sql, project: Project, query_id: QueryId) -> SqlProgress:
    """How far a query is that runs or has ended lately."""
    return _progress(user_sql.find(project, query_id))


@router.delete("/{query_id}", operation_id="cancel_sql")
def cancel_sql(user_sql: Sql, project: Project, query_id: QueryId) -> SqlProgress:
    """Ask for a query to be stopped; it ends within a moment, see its progress."""
    running = user_sql.find(project, query_id)
    if running.state == "running":
        running.cancel()
    return _progress(running)


def begun(running: Running) -> Iterable[bytes]:
    """The bytes of an answer once there are some, so that what fails before has a status of its own."""
    pieces = iter(running)
    return chain([next(pieces, b"")], pieces)


def _progress(running: Running) -> SqlProgress:
    statistics = running.progress()
    return SqlProgress(query_id=running.query_id, state=running.state, **asdict(statistics))


def _cost(statistics: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in statistics.items() if name != "total_rows_to_read"}
