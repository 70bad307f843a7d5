"""What answers MCP: streamable HTTP for the page's port, and stdio beside a running server."""

from __future__ import annotations

import anyio
import httpx2
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import ASGIApp

from .api import Api
from .tools import build


def http_manager(app: ASGIApp) -> StreamableHTTPSessionManager:
    """Answers requests of MCP by the API of `app`, in the same process; each stands alone, none keeps a session."""
    server = build(Api("http://localhost", httpx2.ASGITransport(app)))
    # The application refuses foreign pages and foreign names itself, for all that it answers.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    server.streamable_http_app(stateless_http=True, json_response=True, transport_security=security)
    return server.session_manager


def serve_stdio(url: str, project: str) -> None:
    """Answer on stdin and stdout until stdin ends, as a client of the server at `url`."""

    async def serve() -> None:
        api = Api(url)
        try:
            await build(api, project).run_stdio_async()
        finally:
            await api.close()

    anyio.run(serve)
