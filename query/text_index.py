"""How the two kinds of parts of a table are told apart, and an attribute asked of each.

Inserts write no text index, merges do (the collector's INSERT_SETTINGS). ClickHouse 26.9 fails on a part without one
where it would answer from the index alone, so a question that uses the index asks the two kinds apart.
"""

from __future__ import annotations

# They are told by their level: a part is named partition_first_last_level; the partition, a date, has no underscore.
MERGED = "splitByChar('_', _part)[4] != '0'"
INSERTED = "splitByChar('_', _part)[4] = '0'"


def indexed(items: tuple[str, ...], parameter: str) -> str:
    """Whether one of the ALIAS columns `items` holds `key=value`; answered by their text indexes."""
    return "(" + " OR ".join(f"has({column}, {parameter})" for column in items) + ")"


def text_in(columns: tuple[str, ...], maps: tuple[str, ...], parameter: str) -> str:
    """Whether a text is in a column or in a value of a map, in any case."""
    tests = [f"positionCaseInsensitiveUTF8({column}, {parameter}) > 0" for column in columns]
    tests += [
        f"arrayExists(v -> positionCaseInsensitiveUTF8(v, {parameter}) > 0, mapValues({map}))"
        for map in maps
    ]
    return "(" + " OR ".join(tests) + ")"
