"""/mcp of the page's application: nothing of it is loaded before somebody asks.

Importing the protocol's package takes 0.7 s of a core, which every start of the server would pay.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"


def mount(app: FastAPI) -> None:
    """Answer MCP at /mcp, before the page, which answers every path that is left."""
    endpoint = _Endpoint(app)
    app.router.routes.insert(0, Route(PATH, endpoint=endpoint))
    within = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[Any]:
        async with within(app) as state:
            yield state
        await endpoint.close()

    app.router.lifespan_context = lifespan


class _Endpoint:
    """An ASGI application: a function would be taken for a handler of requests."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._opening = asyncio.Lock()
        self._closing = asyncio.Event()
        self._manager: StreamableHTTPSessionManager | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if find_spec("mcp") is None:
            missing = (
                "MCP needs a package that is not installed: pip install 'spanhouse[server,mcp]'\n"
            )
            await PlainTextResponse(missing, status_code=501)(scope, receive, send)
            return
        manager = await self._opened()
        await manager.handle_request(scope, receive, send)

    async def close(self) -> None:
        """End what the requests left running."""
        self._closing.set()
        if self._running is not None:
            await self._running

    async def _opened(self) -> StreamableHTTPSessionManager:
        async with self._opening:
            if self._manager is None:
                manager = await asyncio.to_thread(_manager, self._app)
                opened = asyncio.Event()
                # A task of its own enters and leaves: the group of tasks inside belongs to who enters it.
                self._running = asyncio.create_task(self._run(manager, opened))
                await opened.wait()
                self._manager = manager
            return self._manager

    async def _run(self, manager: StreamableHTTPSessionManager, opened: asyncio.Event) -> None:
        async with manager.run():
            opened.set()
            await self._closing.wait()


def _manager(app: ASGIApp) -> StreamableHTTPSessionManager:
    from .doors import http_manager

    return http_manager(app)
