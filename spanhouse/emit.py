"""Two ways from the page to a collector for what a person saves: in this process, or over OTLP/HTTP.

Both return when it is stored, and map the collector's refusals to the query part's errors.
"""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request

from google.rpc import status_pb2
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsServiceRequest,
    ExportLogsServiceResponse,
)

from spanhouse.collector.otlp.refusal import Malformed, Refusal
from spanhouse.collector.service import Collector
from spanhouse.query.errors import InvalidQuestion, NotStored, QueryError
from spanhouse.query.events import Emit

# The collector gives up on its store after 30 (request_timeout_seconds).
_TIMEOUT_SECONDS = 35
_PROTOBUF = "application/x-protobuf"


def in_process(collector: Collector) -> Emit:
    """Into a collector on the running event loop; the result is called from other threads."""
    loop = asyncio.get_running_loop()

    def emit(project: str, request: ExportLogsServiceRequest) -> None:
        stored = collector.store_logs(project, request.SerializeToString())
        try:
            asyncio.run_coroutine_threadsafe(stored, loop).result()
        except Malformed as refusal:
            raise InvalidQuestion(f"cannot save: {refusal}") from refusal
        except Refusal as refusal:
            raise NotStored(f"cannot save: {refusal}") from refusal

    return emit


def over_http(url: str) -> Emit:
    """To the OTLP/HTTP door of a collector elsewhere, `http://host:4318`."""
    address = url.rstrip("/") + "/v1/logs"

    def emit(project: str, request: ExportLogsServiceRequest) -> None:
        headers = {"content-type": _PROTOBUF, "x-spanhouse-project": project}
        try:
            post = urllib.request.Request(address, request.SerializeToString(), headers)
            with urllib.request.urlopen(post, timeout=_TIMEOUT_SECONDS) as response:
                answer = ExportLogsServiceResponse.FromString(response.read())
        except urllib.error.HTTPError as error:
            raise _refused(address, error) from error
        except (OSError, ValueError) as error:
            raise NotStored(
                f"cannot save: no answer from the collector at {address}: {error}; start it, or correct --collector"
            ) from error
        if answer.partial_success.rejected_log_records:
            raise InvalidQuestion(f"cannot save: {answer.partial_success.error_message}")

    return emit


def _refused(address: str, error: urllib.error.HTTPError) -> QueryError:
    body = error.read()
    is_status = error.headers.get("content-type") == _PROTOBUF
    words = status_pb2.Status.FromString(body).message if is_status else error.reason
    sentence = f"cannot save: the collector at {address} answered {error.code}: {words}"
    return InvalidQuestion(sentence) if error.code == 400 else NotStored(sentence)
