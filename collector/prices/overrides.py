"""The user's own prices: `prices.toml` in the data directory.

An entry wins over genai-prices. Several entries for one model are its prices from one day on, or above so many input
tokens.
"""

from __future__ import annotations

import fnmatch
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from .rules import DAY, UNITS, Found, Rule

VERSION = "prices.toml"

_KEYS = {"provider", "model", "from", "over_input_tokens", *UNITS}
# What a bucket without its own price costs.
_LIKE = {
    "cache_read": "input",
    "cache_write": "input",
    "cache_write_1h": "cache_write",
    "input_audio": "input",
    "reasoning": "output",
    "output_audio": "output",
}
_MILLION = Decimal(1_000_000)


class PriceFileError(Exception):
    """The file cannot be used; the message says which entry and what to write."""


@dataclass(frozen=True)
class Override:
    """One entry of the file."""

    provider: str
    """"" for any."""
    model: str
    """A name, or a pattern with `*`."""
    rule: Rule

    def is_for(self, provider: str, model: str) -> bool:
        """Whether it is the price of this model."""
        return self.provider in ("", provider) and fnmatch.fnmatchcase(model, self.model)


def read_overrides(path: Path) -> list[Override]:
    """The entries of a file; none where there is no file.

    Raises:
        PriceFileError: it is not what docs/genai.md describes.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    try:
        entries = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PriceFileError(f"cannot read {path}: {error}") from error
    prices = entries.get("price", [])
    if set(entries) - {"price"} or not isinstance(prices, list):
        raise PriceFileError(
            f"cannot read {path}: it holds entries under [[price]] and nothing else"
        )
    return [_override(path, number, entry) for number, entry in enumerate(prices, start=1)]


def find(overrides: list[Override], provider: str, models: tuple[str, ...]) -> Found | None:
    """The user's price of the first of some names of a model that has one."""
    for model in models:
        rules = [o for o in overrides if model and o.is_for(provider, model)]
        if rules:
            ordered = sorted((o.rule for o in rules), key=lambda r: (r.start, r.over_input_tokens))
            return Found(f"{provider or 'any'}/{model}", VERSION, tuple(ordered))
    return None


def _override(path: Path, number: int, entry: Any) -> Override:
    where = f"cannot read {path}: [[price]] number {number}"
    if not isinstance(entry, dict) or not isinstance(entry.get("model"), str):
        raise PriceFileError(f'{where} has no model: write model = "its-name"')
    if unknown := sorted(set(entry) - _KEYS):
        known = ", ".join(sorted(_KEYS))
        raise PriceFileError(f"{where} has {unknown[0]!r}, which is none of {known}")
    start = entry.get("from", date(1970, 1, 1))
    if isinstance(start, datetime) or not isinstance(start, date):
        raise PriceFileError(f"{where}: from = {start!r} is no date such as 2026-01-31")
    over = entry.get("over_input_tokens", 0)
    if not isinstance(over, int) or over < 0:
        raise PriceFileError(f"{where}: over_input_tokens = {over!r} is no number of tokens")
    prices = {unit: _price(where, unit, entry[unit]) for unit in UNITS if unit in entry}
    if not prices:
        raise PriceFileError(
            f"{where} has no price: write input = 1.25 (US dollars a million tokens)"
        )
    for unit, like in _LIKE.items():
        prices.setdefault(unit, prices.get(like, Decimal(0)))
    flat = {
        unit: prices.get(unit, Decimal(0)) / (1 if unit == "request" else _MILLION)
        for unit in UNITS
    }
    begins = datetime.combine(start, time(tzinfo=UTC))
    return Override(
        str(entry.get("provider", "")), entry["model"], Rule(begins, 0, DAY, over, flat)
    )


def _price(where: str, unit: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value < 10**6:
        raise PriceFileError(f"{where}: {unit} = {value!r} is no price in US dollars")
    price = Decimal(value)
    exponent = price.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -18:
        raise PriceFileError(f"{where}: {unit} = {value} has more than 18 digits after the point")
    return price
