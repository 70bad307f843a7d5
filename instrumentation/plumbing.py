"""Servers and plumbing: OpenTelemetry's own instrumentations are switched on where they are installed, not
written again."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Final

from .errors import guarded

if TYPE_CHECKING:
    from .engine import Undo
    from .settings import Settings

DISTRIBUTIONS: Final[tuple[str, ...]] = (
    "aiohttp-client", "aiohttp-server", "aiokafka", "aiopg", "asgi", "asyncpg", "boto", "cassandra", "celery", "click",
    "confluent_kafka", "django", "elasticsearch", "falcon", "fastapi", "flask", "grpc_aio_client", "grpc_aio_server",
    "grpc_client", "grpc_server", "httpx", "jinja2", "kafka", "mysql", "mysqlclient", "pika", "psycopg", "psycopg2",
    "pymemcache", "pymongo", "pymssql", "pymysql", "pyramid", "redis", "remoulade", "requests", "sqlalchemy", "sqlite3",
    "starlette", "threading", "tornado", "urllib", "urllib3", "aio_pika", "asyncclick",
)  # fmt: skip
"""Entry points of opentelemetry-python-contrib; what is named otherwise, above all another suite for models, is
left alone."""


def switch_on(settings: Settings, note: Callable[..., None]) -> Undo:
    """Switch on what is installed and not on yet; gives what switches it off again."""
    undo: list[Undo] = []
    for entry in entry_points(group="opentelemetry_instrumentor"):
        if entry.name not in DISTRIBUTIONS or not entry.value.startswith(
            "opentelemetry.instrumentation."
        ):
            continue
        if entry.name in settings.exclude or (
            settings.include is not None and entry.name not in settings.include
        ):
            note(entry.name, "skipped", "excluded")
            continue
        with guarded(f"switching on opentelemetry-instrumentation-{entry.name}"):
            instrumentor: Any = entry.load()()
            if instrumentor.is_instrumented_by_opentelemetry:
                note(entry.name, "native", "switched on already")
                continue
            instrumentor.instrument(raise_exception_on_conflict=False)
            if instrumentor.is_instrumented_by_opentelemetry:
                note(entry.name, "ok", entry.value.partition(":")[0])
                undo.append(instrumentor.uninstrument)
            else:
                note(
                    entry.name,
                    "skipped",
                    "what it instruments is not installed, or of another version",
                )
    return lambda: _each(undo)


def _each(undo: list[Undo]) -> None:
    while undo:
        with guarded("switching an instrumentation off"):
            undo.pop()()
