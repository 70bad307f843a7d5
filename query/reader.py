"""Runs the questions of `sql/` against the store; the only place of the query part that does.

Values travel as typed parameters. Text is put into a question only at its `${...}`, and only text from `sql/parts`
and from `trace_filter.py`, never a user's. Every query carries the operation it answers in `log_comment`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from string import Template
from typing import Any

import orjson

from spanhouse.collector.store import Store

from .settings import QuerySettings

# Values as JSON, nothing lost: planning an expression for each column takes longer than reading the column.
_AS_JSON: dict[str, Any] = {
    "output_format_json_array_of_rows": 1,
    # Starting the threads takes longer than writing an answer.
    "output_format_parallel_formatting": 0,
    # Text that is not UTF-8 comes with U+FFFD.
    "output_format_json_validate_utf8": 1,
    # Keeps repeated keys.
    "output_format_json_map_as_array_of_tuples": 1,
    "output_format_json_named_tuples_as_objects": 0,
    "output_format_json_quote_64bit_integers": 0,
    # Keeps every digit of an amount of money.
    "output_format_json_quote_decimals": 1,
    # Keeps NaN, the infinities and -0.
    "output_format_json_quote_64bit_floats": 1,
    "output_format_json_quote_denormals": 1,
    # Keeps nanoseconds: see `unix_nano`.
    "date_time_output_format": "unix_timestamp",
}

_SQL = resources.files(__package__).joinpath("sql")


@cache
def question(name: str) -> Template:
    """The text of `sql/<name>.sql` with the column lists of `sql/parts` filled in."""
    return Template(_expanded(_SQL.joinpath(f"{name}.sql").read_text(encoding="utf-8")))


@cache
def column_list(name: str) -> str:
    """The text of `sql/parts/<name>.sql`."""
    return _expanded(_parts()[name])


def _expanded(text: str) -> str:
    while any(f"${{{part}}}" in text for part in _parts()):
        text = Template(text).safe_substitute(_parts())
    return text.rstrip()


@cache
def _parts() -> dict[str, str]:
    return {
        file.name.removesuffix(".sql"): file.read_text(encoding="utf-8").strip()
        for file in _SQL.joinpath("parts").iterdir()
        if file.name.endswith(".sql")
    }


class Reader:
    """Asks the store on behalf of one operation of the API; blocking."""

    def __init__(self, store: Store, settings: QuerySettings, operation: str) -> None:
        self.settings = settings
        self.store = store
        self.query_settings: dict[str, Any] = {
            "log_comment": operation,
            "max_execution_time": settings.max_execution_seconds,
            "max_memory_usage": settings.max_memory_bytes,
        }

    def within(self, seconds: float) -> Reader:
        """One that answers from what it has read when the time is up: a count is then a lower bound."""
        reader = Reader(self.store, self.settings, self.query_settings["log_comment"])
        reader.query_settings |= {
            "max_execution_time": min(seconds, self.settings.max_execution_seconds),
            "timeout_overflow_mode": "break",
        }
        return reader

    def rows(
        self, name: str, parameters: Mapping[str, Any], **clauses: str
    ) -> list[dict[str, Any]]:
        """The answer row by row; `clauses` fill the question's own `${...}`.

        Values are those of JSON: a map is a list of [key, value], a time the text that `unix_nano` reads, a Float64
        its text.
        """
        text = question(name).substitute(clauses)
        body = self.store.raw(text, parameters, self.query_settings | _AS_JSON)
        rows: list[dict[str, Any]] = orjson.loads(body) if body else []
        return rows

    def columns(
        self, name: str, parameters: Mapping[str, Any], **clauses: str
    ) -> dict[str, Sequence[Any]]:
        """The answer column by column."""
        # An answer without rows comes without names of columns.
        text = question(name).substitute(clauses)
        return defaultdict(list, self.store.columns(text, parameters, self.query_settings))
