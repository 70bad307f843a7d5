"""Searching 10 million spans, in process: attributes, full text on LLM content, and what the indexes cost.

One span in 50 carries 2 to 4 kB of messages. Every question is asked over all ten hours, of 20 different values, for
the newest 50 spans and their number; the median and the 90th percentile are printed. SPANHOUSE_BENCH_SPANS changes the
size.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from spanhouse.collector.store import Store, migrate
from spanhouse.query.filters.compile import Search
from spanhouse.query.filters.fields import SPANS
from spanhouse.query.questions.completion import complete
from spanhouse.query.questions.search import Window, search_spans
from spanhouse.query.reader import Reader
from spanhouse.query.settings import QuerySettings

from . import history
from .report import machine, timed
from .spans import Words

_SPANS = int(os.environ.get("SPANHOUSE_BENCH_SPANS", 10_000_000))
_CONTENT_EVERY = 50
_ASKED = 20
_HOUR_NANO = 3_600 * 10**9


def main() -> None:
    """Fill, merge, ask, print."""
    with tempfile.TemporaryDirectory(prefix="spanhouse-bench-") as scratch:
        store = Store(f"chdb://{Path(scratch).resolve()}/clickhouse")
        migrate(store)
        started = time.perf_counter()
        history.fill(store, _SPANS, spans_per_trace=100, content_every=_CONTENT_EVERY)
        history.merge(store, "otel_traces")
        print(machine())
        print(
            f"{_SPANS:,} spans over {history.HOURS} hours, one in {_CONTENT_EVERY} with content, "
            f"filled and merged in {time.perf_counter() - started:.0f} s"
        )
        _disk(store)
        _ask(store)
        store.close()


def _disk(store: Store) -> None:
    total, indexes = history.bytes_per_row(store, "otel_traces")
    print(f"bytes on disk per span: {total:.1f}, of them indexes {indexes:.1f}:")
    sizes = store.rows(
        "SELECT name AS Name, data_compressed_bytes AS Bytes FROM system.data_skipping_indices "
        "WHERE database = currentDatabase() AND table = 'otel_traces' ORDER BY Bytes DESC"
    )
    for row in sizes:
        print(f"  {row['Name']:32} {row['Bytes'] / _SPANS:6.2f}")


def _ask(store: Store) -> None:
    chance = random.Random(1)
    words = Words(random.Random(7))
    reader = Reader(store, QuerySettings(), "bench")
    now = time.time_ns()
    window = Window("default", now - (history.HOURS + 2) * _HOUR_NANO, now)

    def search(query: str) -> None:
        search_spans(reader, window, Search.of(SPANS, query, now), 50, None)

    def users() -> str:
        return f"user.id = u{chance.randrange(3000):04d} and gen_ai.request.model = gpt-4o"

    def word(first: int, last: int) -> str:
        return words.of_rank(chance.randrange(first, last))

    questions: dict[str, Callable[[], str]] = {
        "two attributes, 1 span in 12,000": users,
        "an attribute and a status": lambda: (
            f"user.id = u{chance.randrange(3000):04d} status = error"
        ),
        "one word in content, rare": lambda: word(20_000, 30_000),
        "one word in content, frequent": lambda: word(50, 500),
        "two words in content": lambda: f"{word(50, 500)} {word(500, 3000)}",
        "a phrase of two words": lambda: f'"{word(0, 20)} {word(0, 20)}"',
        "a word and an attribute": lambda: f"{word(50, 500)} gen_ai.request.model = gpt-4o",
        "a word that is nowhere": lambda: f"nowhere{chance.random()}",
    }
    for what, question in questions.items():
        timed(what, [question() for _ in range(_ASKED)], search)
    beginnings = ["", "serv", "gen_ai.", "user.id = u00", "gen_ai.request.model = ", "name = ch"]
    timed(
        "completion",
        beginnings * 3,
        lambda text: complete(reader, "default", SPANS, text, len(text)),
    )
