"""The gRPC door (port 4317): three services, bodies as raw bytes.

Statuses as in the OTLP specification, "OTLP/gRPC Response": a full queue is RESOURCE_EXHAUSTED
with RetryInfo, an unreadable body INVALID_ARGUMENT, partial success is OK.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, NoReturn
from urllib.parse import unquote

import grpc
from google.rpc import code_pb2, error_details_pb2, status_pb2

from ..intake import Intake
from ..keys import ApiKeys
from ..settings import CollectorSettings
from .envelope import Request
from .project import project_of
from .refusal import Busy, Malformed, QueueFull, Refusal, TooLarge, Unauthenticated
from .signals import SIGNALS, Signal

_CODES: list[tuple[type[Refusal], grpc.StatusCode, int]] = [
    (Malformed, grpc.StatusCode.INVALID_ARGUMENT, code_pb2.INVALID_ARGUMENT),
    (TooLarge, grpc.StatusCode.RESOURCE_EXHAUSTED, code_pb2.RESOURCE_EXHAUSTED),
    (Unauthenticated, grpc.StatusCode.UNAUTHENTICATED, code_pb2.UNAUTHENTICATED),
    (QueueFull, grpc.StatusCode.RESOURCE_EXHAUSTED, code_pb2.RESOURCE_EXHAUSTED),
    (Refusal, grpc.StatusCode.UNAVAILABLE, code_pb2.UNAVAILABLE),
]


def create_server(intake: Intake, keys: ApiKeys, settings: CollectorSettings) -> grpc.aio.Server:
    """A server of the three export services, bound to no port yet."""
    server = grpc.aio.server(
        options=[
            ("grpc.max_receive_message_length", settings.max_body_bytes),
            # Another process on the same port must fail, not share it.
            ("grpc.so_reuseport", 0),
        ]
    )
    for signal in SIGNALS.values():
        export: Any = grpc.unary_unary_rpc_method_handler(_handler(signal, intake, keys, settings))
        server.add_generic_rpc_handlers(
            [grpc.method_handlers_generic_handler(signal.service, {"Export": export})]
        )
    return server


def _handler(signal: Signal, intake: Intake, keys: ApiKeys, settings: CollectorSettings) -> Any:
    async def export(body: bytes, context: grpc.aio.ServicerContext[bytes, bytes]) -> bytes:
        received = time.time_ns()
        metadata = {name: _text(value) for name, value in context.invocation_metadata() or ()}
        sender = f"{_host(context.peer())} {metadata.get('user-agent', '')}".strip()
        request = Request(body, "", sender, "grpc", received)
        try:
            try:
                project = project_of(metadata, keys, require_api_key=settings.require_api_key)
            except Refusal as refusal:
                intake.refused(signal, request, refusal)
                raise
            outcome = await intake.accept(signal, replace(request, project=project))
        except Refusal as refusal:
            await _abort(context, refusal)
        return signal.response_bytes(outcome.rejected, outcome.message)

    return export


async def _abort(context: grpc.aio.ServicerContext[bytes, bytes], refusal: Refusal) -> NoReturn:
    _, code, number = next(entry for entry in _CODES if isinstance(refusal, entry[0]))
    status = status_pb2.Status(code=number, message=str(refusal))
    if isinstance(refusal, Busy):
        retry = error_details_pb2.RetryInfo()
        retry.retry_delay.seconds = refusal.retry_seconds
        status.details.add().Pack(retry)
    await context.abort(
        code, str(refusal), (("grpc-status-details-bin", status.SerializeToString()),)
    )


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _host(peer: str) -> str:
    """`ipv4:127.0.0.1:52110` or `ipv6:%5B::1%5D:52110` -> the address."""
    address = unquote(peer).partition(":")[2] if ":" in peer else peer
    return address.rpartition(":")[0].strip("[]") or peer
