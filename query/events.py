"""What a person does on the page, as OTLP log events: the one way anything is written from here.

The query part never writes to the store. It hands an event to `Emit`, which returns when a collector has stored it,
so that whoever wrote it reads it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from spanhouse.instrumentation import semconv

from .errors import NotStored

Emit = Callable[[str, ExportLogsServiceRequest], None]
"""`emit(project, request)`: blocks until the request is stored; raises `NotStored`, or `InvalidQuestion` for a project
that has no project's name."""

_SERVICE = "spanhouse"


@dataclass(frozen=True)
class Event:
    """A log record that says what happened."""

    name: str
    time_unix_nano: int
    attributes: Mapping[str, str | float] = field(default_factory=dict)
    body: str | None = None
    trace_id: str = ""
    """32 hex digits; "": of no trace."""
    span_id: str = ""
    """16 hex digits; "": of the whole trace, or of none."""

    def request(self) -> ExportLogsServiceRequest:
        """The event alone in an export request, under an id of its own."""
        request = ExportLogsServiceRequest()
        resource_logs = request.resource_logs.add()
        resource_logs.resource.attributes.append(_attribute(semconv.SERVICE_NAME, _SERVICE))
        record = resource_logs.scope_logs.add().log_records.add(
            event_name=self.name,
            time_unix_nano=self.time_unix_nano,
            observed_time_unix_nano=self.time_unix_nano,
            trace_id=bytes.fromhex(self.trace_id),
            span_id=bytes.fromhex(self.span_id),
            attributes=[_attribute(key, value) for key, value in self.attributes.items()],
        )
        record.attributes.append(_attribute(semconv.LOG_RECORD_UID, uuid.uuid4().hex))
        if self.body is not None:
            record.body.string_value = self.body
        return request


def no_collector(project: str, request: ExportLogsServiceRequest) -> None:
    """The `Emit` of a page that knows no collector.

    Raises:
        NotStored: always.
    """
    raise NotStored(
        "cannot save: this page runs apart from the collector and was not told where that is; start it with "
        "--collector http://HOST:4318"
    )


def _attribute(key: str, value: str | float) -> KeyValue:
    if isinstance(value, str):
        return KeyValue(key=key, value=AnyValue(string_value=value))
    return KeyValue(key=key, value=AnyValue(double_value=value))
