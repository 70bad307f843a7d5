"""The REST API as the tools ask it; a refusal is told to the model in the API's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2
from mcp.server.mcpserver.exceptions import ToolError

PROJECT_HEADER = "x-spanhouse-project"
# Longer than the server lets a query run.
_TIMEOUT_SECONDS = 60.0


class Api:
    """Questions to one server.

    Args:
        url: of the server's page, as in http://127.0.0.1:7070.
        transport: another way to it than the network.
    """

    def __init__(self, url: str, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._url = url.rstrip("/")
        # Loopback is not asked through a proxy of the environment.
        self._client = httpx2.AsyncClient(
            base_url=self._url, transport=transport, timeout=_TIMEOUT_SECONDS, trust_env=False
        )

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def get(self, path: str, project: str = "", **params: Any) -> Any:
        """The JSON of an answer; parameters that are None or "" are left out.

        Raises:
            ToolError: the server refuses or cannot be reached, in words for the model.
        """
        return (await self._asked("GET", path, project, params)).json()

    async def text(self, path: str, project: str = "", **params: Any) -> str:
        """The text of an answer; otherwise as `get`."""
        return (await self._asked("GET", path, project, params)).text

    async def post(self, path: str, project: str = "", **body: Any) -> Any:
        """The JSON of an answer to a question that is sent as JSON; otherwise as `get`."""
        return (await self._asked("POST", path, project, {}, body)).json()

    async def _asked(
        self,
        method: str,
        path: str,
        project: str,
        params: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
    ) -> httpx2.Response:
        given = {key: value for key, value in params.items() if value not in (None, "")}
        headers = {PROJECT_HEADER: project} if project else {}
        try:
            response = await self._client.request(
                method, path, params=given, headers=headers, json=body
            )
        except httpx2.HTTPError as error:
            raise ToolError(
                f"cannot reach spanhouse at {self._url}: {str(error) or type(error).__name__}; is `spanhouse up` "
                "running there?"
            ) from error
        if response.is_error:
            raise ToolError(_told(response))
        return response


def _told(response: httpx2.Response) -> str:
    try:
        detail = response.json()["detail"]
    except (ValueError, KeyError, TypeError):
        detail = response.text[:500]
    return f"{response.status_code}: {detail}"
