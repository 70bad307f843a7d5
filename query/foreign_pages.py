"""Keeps web pages of other origins away from an API that has no authentication of its own.

Two roads lead from a foreign page to a server on loopback. A page may send a request across origins: whatever is no
reading method is refused unless the browser says that it comes from our own page. And a name of the foreign site may
be made to point here (DNS rebinding), which makes its page and ours the same origin: a name that a stranger can own
is refused unless the server was told that it is one of its own.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import problem

_READS = ("GET", "HEAD", "OPTIONS")
# Nobody can register a name under these (RFC 6761, ICANN's resolution 2024.07.29.06).
_PRIVATE = (".localhost", ".internal")


class NoForeignPages:
    """ASGI middleware that answers what may come from a foreign page with 403.

    Args:
        app: the application behind it.
        hosts: names by which a reverse proxy asks for it, besides addresses and names of this machine.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else ""
        if not refusal:
            await self._app(scope, receive, send)
            return
        response = problem(Request(scope), 403, "foreign-page", "Not from here", refusal)
        await response(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        """Why the request is refused; "" where it is not."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_ours(host):
            return (
                f"cannot answer under the name {host!r}: a web page elsewhere could have made it point here; "
                f"if it is a name of this server, set SPANHOUSE_QUERY_HOSTS='[\"{_name(host)}\"]'"
            )
        if scope["method"] not in _READS and not _is_own_page(headers, host):
            origin = headers.get("origin") or "another site"
            return (
                f"cannot take {scope['method']} from a page of {origin}: only the page of this server may write; "
                "programs send no Origin header"
            )
        return ""

    def _is_ours(self, host: str) -> bool:
        name = _name(host)
        # A name without a dot is of this machine or its network, as in a compose file.
        return (
            "." not in name or name.endswith(_PRIVATE) or _is_address(name) or name in self._hosts
        )


def _is_own_page(headers: Headers, host: str) -> bool:
    """Browsers say `Sec-Fetch-Site` to trustworthy hosts and `Origin` to all; programs say neither."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


def _name(host: str) -> str:
    """The host without its port, in lower case."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return host.lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
