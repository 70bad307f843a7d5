"""A batch job of exactly 5,000 spans: a catalogue is indexed in shards, by eight workers side by side."""

from __future__ import annotations

import random
from dataclasses import replace

from .plan import CLIENT, INTERNAL, Attributes, Step, leaf, nano, sequence

INDEXER = "catalog-indexer"
SPANS = 5000
_WORKERS = 8
_SHARDS = 24
_BATCH_SPANS = 5
"""The batch itself, its read, its embeddings, its rendering, its write; a write that is refused is one more."""


def index_catalog(dice: random.Random, spans: int = SPANS) -> Step:
    """The job; `spans` in all, at least four a shard."""
    listed = leaf(
        INDEXER, "list products", CLIENT, 480, _sql("SELECT id FROM products ORDER BY id")
    )
    swapped = leaf(
        INDEXER, "swap alias", CLIENT, 95, {"http.request.method": "POST", "url.path": "/_aliases"}
    )
    shards = _shards(dice, spans - 3)
    free = [listed.took + nano(5 * worker) for worker in range(_WORKERS)]
    placed = [(nano(1), listed)]
    for shard in shards:
        worker = free.index(min(free))
        start = free[worker] + nano(dice.uniform(2, 12))
        named = replace(shard, attributes={**shard.attributes, "worker.id": worker})
        placed.append((start, named))
        free[worker] = start + shard.took
    placed.append((max(free), swapped))
    attributes: Attributes = {
        "job.name": "index-catalog",
        "job.schedule": "17 3 * * *",
        "index.name": "products-2026-11",
        "index.shards": _SHARDS,
        "worker.count": _WORKERS,
        "documents.indexed": 1_184_220,
    }
    took = max(free) + swapped.took + nano(3)
    root = Step(INDEXER, "index catalog", INTERNAL, took, attributes, tuple(placed), succeeded=True)
    return root.with_note(
        "INFO", "indexing 1184220 products in 24 shards", 500, {"index.shards": _SHARDS}
    ).with_note(
        "INFO",
        "alias products now points to products-2026-11",
        root.milliseconds,
        {"index.name": "products-2026-11"},
    )


def _shards(dice: random.Random, spans: int) -> list[Step]:
    shares = [spans // _SHARDS + (number < spans % _SHARDS) for number in range(_SHARDS)]
    return [_shard(dice, number, share) for number, share in enumerate(shares)]


def _shard(dice: random.Random, number: int, spans: int) -> Step:
    # Products are not spread evenly: a few shards are several times slower than the median.
    slow = dice.lognormvariate(0, 0.45)
    batches: list[Step] = []
    left = spans - 1
    while left:
        refused = dice.choices((0, 1, 2), (95, 4, 1))[0]
        size = min(left, _BATCH_SPANS + refused)
        if left - size == 1:  # a batch is never a span alone
            size += 1
        batches.append(_batch(dice, len(batches), size, slow))
        left -= size
    attributes: Attributes = {
        "shard.number": number,
        "shard.batches": len(batches),
        "shard.replica": False,
    }
    return sequence(
        INDEXER, f"index shard {number:02d}", INTERNAL, attributes, batches, gap=dice.uniform(1, 4)
    )


def _batch(dice: random.Random, number: int, spans: int, slow: float) -> Step:
    embedding: Attributes = {
        "gen_ai.operation.name": "embeddings",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "text-embedding-3-small",
        "gen_ai.usage.input_tokens": dice.randint(900, 4200),
        "gen_ai.embeddings.dimension.count": 512,
    }
    children = [
        leaf(
            INDEXER,
            "SELECT products",
            CLIENT,
            dice.lognormvariate(2.2, 0.4) * slow,
            _sql("SELECT * FROM products"),
        ),
        leaf(
            INDEXER,
            "embeddings text-embedding-3-small",
            CLIENT,
            dice.lognormvariate(3.9, 0.3) * slow,
            embedding,
        ),
        leaf(INDEXER, "render documents", INTERNAL, dice.uniform(2, 9) * slow, {"documents": 256}),
    ][: spans - 1]
    tries = spans - 1 - len(children)
    children += [
        _bulk(dice, attempt, is_last=attempt == tries, slow=slow) for attempt in range(1, tries + 1)
    ]
    return sequence(
        INDEXER,
        "index batch",
        INTERNAL,
        {"batch.number": number, "documents": 256},
        children,
        gap=0.6,
    )


def _bulk(dice: random.Random, attempt: int, *, is_last: bool, slow: float) -> Step:
    attributes: Attributes = {
        "http.request.method": "POST",
        "url.path": "/products-2026-11/_bulk",
        "http.response.status_code": 200 if is_last else 429,
        "http.request.resend_count": attempt - 1,
        "server.address": "search.shop.svc",
        "server.port": 9200,
    }
    took = dice.lognormvariate(3.4, 0.5) * slow if is_last else dice.uniform(2, 6)
    return leaf(
        INDEXER, "POST /{index}/_bulk", CLIENT, took, attributes, failed=None if is_last else "429"
    )


def _sql(query: str) -> Attributes:
    return {"db.system.name": "postgresql", "db.namespace": "shop", "db.query.text": query}
