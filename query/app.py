"""The FastAPI application of port 7070: the API, OTLP over HTTP beside it, and the page.

Handlers are plain functions on worker threads, since the store blocks. Nothing here writes to the store: what a person
saves is handed to a collector as an event.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from spanhouse.collector.store import Store

from . import errors, page
from .annotations import Annotations
from .answers.system import Problem
from .documents import Documents
from .events import Emit, no_collector
from .foreign_pages import NoForeignPages
from .routers import (
    analysis,
    completion,
    documents,
    export,
    logs,
    metrics,
    search,
    service_map,
    sessions,
    sql,
    suggestions,
    system,
    traces,
)
from .routers import annotations as annotation_routes
from .settings import QuerySettings
from .user_sql import UserSql


def create_app(
    store: Store,
    *,
    otlp_app: ASGIApp | None = None,
    endpoints: dict[str, str] | None = None,
    release: str = "",
    ready: Callable[[], bool] = lambda: True,
    emit: Emit = no_collector,
    settings: QuerySettings | None = None,
) -> FastAPI:
    """The application on an open store.

    Args:
        store: to read from.
        otlp_app: answers POST /v1/traces, /v1/logs and /v1/metrics.
        endpoints: where else the server listens, for /api/version.
        release: of spanhouse, for /api/version.
        ready: whether every door is open, for /healthz.
        emit: stores what a person saves; by default nothing can be saved.
        settings: bounds on what a question may cost; from the environment by default.
    """
    app = _Api(
        title="spanhouse",
        version="1",
        # Their scripts come from elsewhere.
        docs_url=None,
        redoc_url=None,
        description="Traces, logs and metrics of one spanhouse server.",
        lifespan=_lifespan,
    )
    app.state.store = store
    app.state.settings = settings or QuerySettings()
    app.state.documents = Documents(store, emit, app.state.settings)
    app.state.annotations = Annotations(store, emit, app.state.settings)
    app.state.user_sql = UserSql(store, app.state.settings)
    app.state.endpoints = endpoints or {}
    app.state.release = release
    app.state.ready = ready
    errors.install(app)
    for module in (
        traces,
        analysis,
        sessions,
        search,
        logs,
        completion,
        metrics,
        service_map,
        sql,
        export,
        suggestions,
        documents,
        annotation_routes,
        system,
    ):
        app.include_router(module.router)
    app.include_router(page.router())
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    app.add_middleware(NoForeignPages, hosts=app.state.settings.hosts)
    if otlp_app is not None:
        app.add_middleware(_OtlpBeside, otlp_app=otlp_app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    await asyncio.to_thread(app.state.user_sql.close)


class _Api(FastAPI):
    """Describes what it answers: problem details, and 400 rather than FastAPI's 422."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            schema = get_openapi(
                title=self.title,
                version=self.version,
                description=self.description,
                routes=self.routes,
            )
            for path in schema["paths"].values():
                for operation in path.values():
                    operation["responses"].pop("422", None)
            schemas = schema["components"]["schemas"]
            schemas.pop("HTTPValidationError", None)
            schemas.pop("ValidationError", None)
            schemas["Problem"] = Problem.model_json_schema()
            self.openapi_schema = schema
        return self.openapi_schema


class _OtlpBeside:
    """Hands /v1/... to the collector's application untouched, before anything of this one sees it."""

    def __init__(self, app: ASGIApp, otlp_app: ASGIApp) -> None:
        self._app = app
        self._otlp_app = otlp_app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/v1/"):
            await self._otlp_app(scope, receive, send)
        else:
            await self._app(scope, receive, send)
