"""The three signals of OTLP: the names of each on the wire, in the inbox and in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2

OTLP_PROTO = Path(__file__).with_name("otlp.proto")
"""OTLP as ClickHouse's protobuf reader is asked to see it."""

INSERT_SETTINGS: dict[str, Any] = {
    "input_format_protobuf_oneof_presence": 1,
    # A merge builds the text indexes; until then a small part is read whole.
    # An insert would pay a quarter more.
    "materialize_skip_indexes_on_insert": 0,
    # Merged, the steps of a view are evaluated once for each use of a column:
    # 80,000 spans/s instead of 125,000.
    "query_plan_merge_expressions": 0,
    # Arrays of strings are stored as JSON text, `/` as it is.
    "output_format_json_escape_forward_slashes": 0,
    "max_insert_threads": 1,
    "max_threads": 1,
}
"""How ClickHouse is asked to read a spool file."""


@dataclass(frozen=True)
class Signal:
    """One of traces, logs and metrics."""

    name: str
    """As in the ledger and in `/v1/<name>`."""
    items: str
    """What partial success counts: spans, log records, data points."""
    service: str
    """The gRPC service."""
    request: type[Message]
    response: type[Message]
    envelope: str
    """The message of otlp.proto that a spool file holds."""

    @property
    def inbox(self) -> str:
        """The table the envelopes are inserted into."""
        return f"inbox_{self.name}"

    def response_bytes(self, rejected: int, message: str) -> bytes:
        """The export response; partial success is set only where something was rejected."""
        if not rejected and not message:
            return b""
        response: Any = self.response()
        setattr(response.partial_success, f"rejected_{self.items}", rejected)
        response.partial_success.error_message = message
        return bytes(response.SerializeToString())


TRACES = Signal(
    "traces",
    "spans",
    "opentelemetry.proto.collector.trace.v1.TraceService",
    trace_service_pb2.ExportTraceServiceRequest,
    trace_service_pb2.ExportTraceServiceResponse,
    "TracesEnvelope",
)
LOGS = Signal(
    "logs",
    "log_records",
    "opentelemetry.proto.collector.logs.v1.LogsService",
    logs_service_pb2.ExportLogsServiceRequest,
    logs_service_pb2.ExportLogsServiceResponse,
    "LogsEnvelope",
)
METRICS = Signal(
    "metrics",
    "data_points",
    "opentelemetry.proto.collector.metrics.v1.MetricsService",
    metrics_service_pb2.ExportMetricsServiceRequest,
    metrics_service_pb2.ExportMetricsServiceResponse,
    "MetricsEnvelope",
)
SIGNALS = {signal.name: signal for signal in (TRACES, LOGS, METRICS)}
