"""The price table: a row for each way a project's spans name a model, written when a name is first seen or priced anew.

A price that is stored stays: another release of genai-prices or another prices.toml counts for names seen after it,
and for the past only by `reprice`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from ..store import Store, StoreError
from . import overrides, rules
from .rules import UNITS, Found, Rule

logger = logging.getLogger(__name__)

TABLE = "gen_ai_prices"
_COLUMNS = [
    "ProjectId",
    "Provider",
    "RequestModel",
    "ResponseModel",
    "ServiceTier",
    "PriceName",
    "PriceVersion",
    "Rules",
    "PricedAt",
]

# A look costs some 10 ms; new names of models are rare.
_SECONDS_BETWEEN_LOOKS = 1.0
# Clocks of two collectors on one database.
_OVERLAP_SECONDS = 10
# How far back the first look of a process goes for what an earlier one had no time to price.
_FIRST_LOOK_SECONDS = 86_400

_SEEN_SQL = """
SELECT DISTINCT ProjectId, GenAiProvider AS Provider, GenAiRequestModel AS RequestModel,
    GenAiResponseModel AS ResponseModel, GenAiServiceTier AS ServiceTier
FROM otel_traces
WHERE ReceivedAt >= {since:DateTime64(9, 'UTC')} AND GenAiOperation != ''
    AND (GenAiRequestModel != '' OR GenAiResponseModel != '')
"""

_PRICED_SQL = f"""
SELECT ProjectId, Provider, RequestModel, ResponseModel, ServiceTier, PriceName, PriceVersion,
    arrayMap(r -> (toUnixTimestamp(r.start), r.from_second, r.to_second, r.over_input_tokens,
        [{", ".join(f"toString(r.{unit})" for unit in UNITS)}]), Rules) AS Rules
FROM {TABLE} FINAL
"""


class Name(NamedTuple):
    """How spans of a project name a model."""

    project: str
    provider: str
    request_model: str
    response_model: str
    service_tier: str

    @property
    def models(self) -> tuple[str, ...]:
        """Its names, the one that answered first: it is exact where the other is an alias or a deployment."""
        return tuple(dict.fromkeys(m for m in (self.response_model, self.request_model) if m))


class Change(NamedTuple):
    """What `reprice` changes, or would."""

    name: Name
    before: Found
    after: Found


class PriceBook:
    """Keeps the price table; safe to use from several threads.

    Args:
        store: the table's.
        file: the user's prices.
    """

    def __init__(self, store: Store, file: Path) -> None:
        self._store = store
        self._file = file
        self._known: set[Name] | None = None
        self._looked_until = time.time() - _FIRST_LOOK_SECONDS
        self._stored = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()

    def spans_were_stored(self) -> None:
        """Look for new names soon."""
        self._stored.set()

    def run(self) -> None:
        """Price new names until `stop`."""
        self._stored.set()
        while True:
            self._stored.wait()
            if self._stopping.is_set():
                return
            self._stored.clear()
            try:
                self.look()
            except (StoreError, overrides.PriceFileError) as error:
                logger.warning("models that are new have no price yet: %s", error)
            self._stopping.wait(_SECONDS_BETWEEN_LOOKS)

    def stop(self) -> None:
        """Let `run` return."""
        self._stopping.set()
        self._stored.set()

    def look(self) -> list[Name]:
        """Price the names that came since the last look; returns them.

        Raises:
            StoreError: ClickHouse did not answer.
            PriceFileError: prices.toml cannot be read.
        """
        with self._lock:
            if self._known is None:
                self._known = set(self._priced())
            began = time.time()
            since = datetime.fromtimestamp(self._looked_until - _OVERLAP_SECONDS, UTC)
            seen = (Name(*row.values()) for row in self._store.rows(_SEEN_SQL, {"since": since}))
            new = [name for name in seen if name not in self._known]
            if new:
                own = overrides.read_overrides(self._file)
                self._write((name, _find(own, name)) for name in new)
                self._known.update(new)
            self._looked_until = began
            return new

    def reprice(
        self, project: str | None, since: datetime | None, *, dry_run: bool
    ) -> list[Change]:
        """Put today's prices in place of the stored ones.

        Args:
            project: only of this one.
            since: what ran before keeps its price; None for all of history.
            dry_run: change nothing.

        Returns:
            The names whose price is another one now, with both.

        Raises:
            StoreError: ClickHouse did not answer.
            PriceFileError: prices.toml cannot be read.
        """
        with self._lock:
            own = overrides.read_overrides(self._file)
            changes = []
            for name, before in self._priced().items():
                if project is not None and name.project != project:
                    continue
                after = _find(own, name)
                if since is not None:
                    after = Found(
                        after.name, after.version, _from(since, before.rules, after.rules)
                    )
                if (after.name, after.rules) != (before.name, before.rules):
                    changes.append(Change(name, before, after))
            if not dry_run:
                self._write((change.name, change.after) for change in changes)
            return changes

    def _priced(self) -> dict[Name, Found]:
        found = {}
        for row in self._store.rows(_PRICED_SQL):
            *name, price, version, stored = row.values()
            found[Name(*name)] = Found(price, version, tuple(_rule(rule) for rule in stored))
        return found

    def _write(self, prices: Iterable[tuple[Name, Found]]) -> None:
        now = datetime.now(UTC)
        rows = [
            [*name, found.name, found.version, [_row(rule) for rule in found.rules], now]
            for name, found in prices
        ]
        if rows:
            self._store.insert(TABLE, _COLUMNS, rows)


def _find(own: list[overrides.Override], name: Name) -> Found:
    return overrides.find(own, name.provider, name.models) or rules.find(
        name.provider, name.models, name.service_tier
    )


def _from(since: datetime, before: tuple[Rule, ...], after: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """`before` until a moment, `after` from then on."""
    kept = [rule for rule in before if rule.start < since]
    in_force = max((rule.start for rule in after if rule.start <= since), default=since)
    begun = [
        replace(rule, start=max(rule.start, since)) for rule in after if rule.start >= in_force
    ]
    return tuple(kept + begun)


def _row(rule: Rule) -> tuple[Any, ...]:
    when = (rule.start, rule.from_second, rule.to_second, rule.over_input_tokens)
    return (*when, *(rule.prices[unit] for unit in UNITS))


def _rule(row: Any) -> Rule:
    start, first, last, over, prices = row
    return Rule(
        datetime.fromtimestamp(start, UTC),
        first,
        last,
        over,
        {unit: Decimal(text) for unit, text in zip(UNITS, prices, strict=True)},
    )
