"""The two doors as a raw client sees them: bytes in, status and bytes out.

Exporters hide statuses and retry by themselves; these show exactly what was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import grpc
import urllib3
from google.rpc import error_details_pb2, status_pb2

from spanhouse.collector.otlp.signals import Signal

PROTOBUF = "application/x-protobuf"
JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What a door said."""

    ok: bool
    code: str
    """gRPC status name, or HTTP status."""
    body: bytes
    """The response message where ok, else the google.rpc.Status that came along."""
    headers: Mapping[str, str]

    def message(self, signal: Signal) -> Any:
        """The export response."""
        return signal.response.FromString(self.body)

    @property
    def status(self) -> Any:
        """The google.rpc.Status."""
        return status_pb2.Status.FromString(self.body)

    @property
    def retry_seconds(self) -> int | None:
        """Of RetryInfo."""
        for detail in self.status.details:
            info = error_details_pb2.RetryInfo()
            if detail.Unpack(info):
                return int(info.retry_delay.seconds)
        return None


class GrpcDoor:
    """A channel to port 4317's door.

    Args:
        address: host:port.
        options: of the channel.
    """

    def __init__(self, address: str, options: Sequence[tuple[str, object]] = ()) -> None:
        self._channel = grpc.insecure_channel(
            address,
            options=[
                ("grpc.initial_reconnect_backoff_ms", 50),
                ("grpc.max_reconnect_backoff_ms", 500),
                ("grpc.max_send_message_length", -1),
                # Channels to one address share a connection otherwise, and the fate of its backoff.
                ("grpc.use_local_subchannel_pool", 1),
                *options,
            ],
        )

    def send(
        self,
        signal: Signal,
        body: bytes,
        metadata: Sequence[tuple[str, str]] = (),
        timeout: float = 30,
        compression: grpc.Compression | None = None,
    ) -> Answer:
        """One Export call."""
        export: Any = self._channel.unary_unary(f"/{signal.service}/Export")
        try:
            response, call = export.with_call(
                body, timeout=timeout, metadata=list(metadata), compression=compression
            )
        except grpc.RpcError as error:
            trailing = {item.key: item.value for item in error.trailing_metadata() or ()}
            details = trailing.get("grpc-status-details-bin", b"")
            return Answer(
                False, error.code().name, bytes(details), {"details": error.details() or ""}
            )
        return Answer(True, call.code().name, bytes(response), {})

    def close(self) -> None:
        """Close the channel."""
        self._channel.close()


class HttpDoor:
    """A connection pool to port 4318's door.

    Args:
        url: without a path.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool = urllib3.PoolManager(retries=False, maxsize=8)

    def send(
        self,
        signal: Signal,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        content_type: str = PROTOBUF,
        timeout: float = 30,
    ) -> Answer:
        """One POST; a connection that breaks is an answer with code ''."""
        return self.request(
            "POST",
            f"/v1/{signal.name}",
            body,
            {"content-type": content_type, **(headers or {})},
            timeout,
        )

    def request(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] = b"",
        headers: Mapping[str, str] | None = None,
        timeout: float = 30,
    ) -> Answer:
        """Any request; chunked if the body is an iterable."""
        try:
            response = self._pool.request(
                method, self._url + path, body=body, headers=headers, timeout=timeout
            )
        except urllib3.exceptions.HTTPError as error:
            return Answer(False, "", b"", {"error": str(error)})
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status == 200, str(response.status), response.data, found)

    def close(self) -> None:
        """Close every connection."""
        self._pool.clear()


Door = GrpcDoor | HttpDoor
