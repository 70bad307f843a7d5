"""Senders that behave as OTLP exporters do under failure: the identical bytes again until they are acknowledged.

What each item is and whether it was acknowledged is known here, so that `check` can say of the store: nothing
acknowledged is missing, nothing is there twice, and the ledger counts what the tables hold.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES, Signal
from tests.flow.doors import Door, GrpcDoor, HttpDoor
from tests.flow.messages import gauges, logs, spans_of, traces
from tests.flow.running import RunningCollector

# Statuses after which an exporter sends again (OTLP specification, "Failures"); "" is a broken connection.
_RETRYABLE = {
    "",
    "UNAVAILABLE",
    "RESOURCE_EXHAUSTED",
    "DEADLINE_EXCEEDED",
    "CANCELLED",
    "429",
    "502",
    "503",
    "504",
}

NESTED = {
    "messages": [{"role": "user", "parts": [{"type": "text", "content": "hi"}]}],
    "n": {"a": 1},
}

_ITEMS = {
    TRACES.name: ("otel_traces", "SpanId"),
    LOGS.name: ("otel_logs", "LogAttributes['item']"),
    METRICS.name: ("otel_metrics_gauge", "Attributes['item']"),
}


@dataclass
class Sent:
    """Ids of the items of one signal."""

    attempted: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)


class Load:
    """Threads that send through both doors until told to stop.

    Args:
        grpc: host:port.
        http: URL.
        senders: threads; they alternate between the doors.
    """

    def __init__(self, grpc: str, http: str, senders: int = 6) -> None:
        self.sent = {signal.name: Sent() for signal in (TRACES, LOGS, METRICS)}
        self.refused: list[str] = []
        """Answers that no good request should get."""
        self._stop = threading.Event()
        self._give_up = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._send, args=(number, grpc, http), daemon=True)
            for number in range(senders)
        ]
        for thread in self._threads:
            thread.start()

    def finish(self, seconds: float = 60) -> None:
        """Send what is under way until it is acknowledged, then stop."""
        self._stop.set()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        assert not any(thread.is_alive() for thread in self._threads), "a sender got no answer"

    def stop(self) -> None:
        """Send nothing more; what is under way is given up."""
        self._stop.set()
        self._give_up.set()

    def _send(self, number: int, grpc: str, http: str) -> None:
        door: Door = GrpcDoor(grpc) if number % 2 == 0 else HttpDoor(http)
        chance = random.Random(number)
        while not self._stop.is_set():
            signal, items, body = _request(chance)
            with self._lock:
                self.sent[signal.name].attempted |= items
            while not self._give_up.is_set():
                # A short deadline: some senders give up on a request that is stored all the same, and repeat it.
                answer = door.send(signal, body, timeout=chance.choice((0.05, 1, 10)))
                if answer.ok or answer.code not in _RETRYABLE:
                    break
                time.sleep(chance.uniform(0.005, 0.1))
            with self._lock:
                if answer.ok and not answer.body:
                    self.sent[signal.name].acknowledged |= items
                else:
                    self.refused.append(f"{signal.name} {answer.code} {answer.body!r}")
        door.close()


def _request(chance: random.Random) -> tuple[Signal, set[str], bytes]:
    attributes: dict[str, Any] = NESTED if chance.random() < 0.3 else {"http.route": "/a"}
    size = chance.choice((1, 1, 5, 40, 400))
    signal = chance.choice((TRACES, TRACES, LOGS, METRICS))
    if signal is TRACES:
        request = traces(size, attributes=attributes)
        items = {span.span_id.hex() for span in spans_of(request)}
    elif signal is LOGS:
        request = logs(["body"] * size, attributes)
        records = request.resource_logs[0].scope_logs[0].log_records
        items = {record.attributes[0].value.string_value for record in records}
    else:
        request = gauges(range(size), attributes)
        points = request.resource_metrics[0].scope_metrics[0].metrics[0].gauge.data_points
        items = {point.attributes[0].value.string_value for point in points}
    return signal, items, request.SerializeToString()


def check(collector: RunningCollector, load: Load) -> dict[str, int]:
    """Compare the store with what was sent; the number of stored items by signal."""
    assert load.refused == []
    counts = {}
    for name, (table, item) in _ITEMS.items():
        sent = load.sent[name]
        rows = collector.value(f"SELECT count() FROM {table}")
        stored = {
            row["item"] for row in collector.rows(f"SELECT DISTINCT {item} AS item FROM {table}")
        }
        lost = sent.acknowledged - stored
        assert not lost, f"{len(lost)} of {len(sent.acknowledged)} acknowledged {name} are lost"
        assert stored <= sent.attempted, f"{name} that nobody sent"
        assert rows == len(stored), f"{rows - len(stored)} of {rows} {name} are doubled"
        ledger = collector.rows(
            "SELECT sum(Received) AS received, sum(Stored) AS stored, sum(Rejected) AS rejected, "
            "sum(Deduplicated) AS deduplicated FROM ingest_ledger WHERE Signal = {signal:String}",
            signal=name,
        )[0]
        assert ledger["stored"] == rows, f"the ledger says {ledger['stored']}, {table} holds {rows}"
        assert ledger["received"] == ledger["stored"] + ledger["rejected"] + ledger["deduplicated"]
        counts[name] = rows
    for roll_up in ("trace_summaries", "span_operations"):
        total = collector.value(f"SELECT sum(SpanCount) FROM {roll_up}")
        assert total == counts[TRACES.name], f"{roll_up} counts {total} spans"
    return counts
