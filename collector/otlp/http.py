"""The HTTP door (port 4318): POST /v1/traces, /v1/logs and /v1/metrics, as an ASGI application.

Statuses as in the OTLP specification, "OTLP/HTTP Response": errors carry a google.rpc.Status in
the request's own encoding, a full queue is 429, a store that cannot take it now 503, both with
Retry-After.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import replace
from typing import Any

from google.protobuf import json_format
from google.rpc import code_pb2, status_pb2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from ..intake import Intake
from ..keys import ApiKeys
from ..settings import CollectorSettings
from ..writer import Outcome
from .decode import DECODERS, decompress
from .envelope import Request
from .project import project_of
from .refusal import Busy, Malformed, QueueFull, Refusal, TooLarge, Unauthenticated
from .signals import SIGNALS, Signal

_STATUSES: list[tuple[type[Refusal], int, int]] = [
    (Malformed, 400, code_pb2.INVALID_ARGUMENT),
    (TooLarge, 413, code_pb2.RESOURCE_EXHAUSTED),
    (Unauthenticated, 401, code_pb2.UNAUTHENTICATED),
    (QueueFull, 429, code_pb2.RESOURCE_EXHAUSTED),
    (Refusal, 503, code_pb2.UNAVAILABLE),
]

# A page served from this machine may send; any other origin must be named (SPANHOUSE_CORS_ORIGINS).
# Others are refused, not only left unanswered: a page whose name was made to point here (DNS rebinding) is no other
# origin to the browser, but tells its own.
_LOCAL_ORIGIN = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"

# Above this, reading JSON would hold up the event loop for longer than a thread's start costs.
_LARGE_JSON_BYTES = 64 * 1024


def create_app(intake: Intake, keys: ApiKeys, settings: CollectorSettings) -> Starlette:
    """The application; also mounted on the page's port."""
    door = _Door(intake, keys, settings)
    routes = [
        Route(f"/v1/{signal.name}", door.endpoint(signal), methods=["POST"])
        for signal in SIGNALS.values()
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_origin_regex=_LOCAL_ORIGIN,
        allow_methods=["POST"],
        allow_headers=["*"],
        expose_headers=["Retry-After"],
        max_age=7200,
    )
    return Starlette(routes=routes, middleware=[cors])


class _Door:
    def __init__(self, intake: Intake, keys: ApiKeys, settings: CollectorSettings) -> None:
        self._intake = intake
        self._keys = keys
        self._settings = settings

    def endpoint(self, signal: Signal) -> Any:
        async def export(http: HttpRequest) -> Response:
            received = time.time_ns()
            if not self._may_send(http.headers.get("origin")):
                return Response(
                    f"pages of {http.headers['origin']} may not send: name it in SPANHOUSE_CORS_ORIGINS\n",
                    403,
                    media_type="text/plain",
                )
            content_type = http.headers.get("content-type", "").partition(";")[0].strip().lower()
            if content_type not in DECODERS:
                return _unsupported(content_type)
            try:
                outcome = await self._export(signal, http, content_type, received)
            except Refusal as refusal:
                return _refused(refusal, content_type)
            except ClientDisconnect:
                return Response(status_code=499)
            return _response(signal, outcome, content_type)

        return export

    def _may_send(self, origin: str | None) -> bool:
        """Programs are of no origin."""
        named = self._settings.cors_origins
        return (
            origin is None
            or "*" in named
            or origin in named
            or re.fullmatch(_LOCAL_ORIGIN, origin) is not None
        )

    async def _export(
        self, signal: Signal, http: HttpRequest, content_type: str, received: int
    ) -> Outcome:
        api, decode = DECODERS[content_type]
        host = http.client.host if http.client else ""
        sender = f"{host} {http.headers.get('user-agent', '')}".strip()
        request = Request(b"", "", sender, api, received)
        try:
            project = project_of(
                http.headers, self._keys, require_api_key=self._settings.require_api_key
            )
            request = replace(request, project=project)
            body = await self._read(http)
            body = decompress(
                body, http.headers.get("content-encoding", ""), self._settings.max_body_bytes
            )
            if decode is not None:
                large = len(body) > _LARGE_JSON_BYTES
                body = (
                    await asyncio.to_thread(decode, signal, body) if large else decode(signal, body)
                )
        except Refusal as refusal:
            self._intake.refused(signal, request, refusal)
            raise
        return await self._intake.accept(signal, replace(request, body=body))

    async def _read(self, http: HttpRequest) -> bytes:
        limit = self._settings.max_body_bytes
        declared = http.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            raise TooLarge(f"the body has {declared} bytes, the limit is {limit}")
        chunks = bytearray()
        async for chunk in http.stream():
            chunks += chunk
            if len(chunks) > limit:
                raise TooLarge(f"the body has more than {limit} bytes, which is the limit")
        return bytes(chunks)


def _response(signal: Signal, outcome: Outcome, content_type: str) -> Response:
    body = signal.response_bytes(outcome.rejected, outcome.message)
    if content_type == "application/json":
        message = signal.response()
        message.ParseFromString(body)
        body = json.dumps(json_format.MessageToDict(message)).encode()
    return Response(body, media_type=content_type)


def _refused(refusal: Refusal, content_type: str) -> Response:
    _, status_code, number = next(entry for entry in _STATUSES if isinstance(refusal, entry[0]))
    status = status_pb2.Status(code=number, message=str(refusal))
    body = (
        json_format.MessageToJson(status, indent=None).encode()
        if content_type == "application/json"
        else status.SerializeToString()
    )
    headers = {"Retry-After": str(refusal.retry_seconds)} if isinstance(refusal, Busy) else {}
    if isinstance(refusal, Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    return Response(body, status_code, headers, content_type)


def _unsupported(content_type: str) -> Response:
    text = f"content-type {content_type!r} is not supported: use application/x-protobuf or application/json\n"
    return Response(text, 415, media_type="text/plain")
