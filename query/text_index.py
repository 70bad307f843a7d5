"""How the two kinds of parts of a table are told apart, and an attribute or a text asked of each.

Inserts write no text index, merges do (the collector's INSERT_SETTINGS). ClickHouse 26.9 fails on a part without one
where it would answer from the index alone, so a question that uses the index asks the two kinds apart.
"""

from __future__ import annotations

# They are told by their level: a part is named partition_first_last_level; the partition, a date, has no underscore.
# `match` looks at each name once, splitting a name would be done for each row: 40 ms a million.
INSERTED = "match(_part, '^[^_]+_[0-9]+_[0-9]+_0(_|$)')"
MERGED = f"NOT {INSERTED}"


def indexed(items: tuple[str, ...], parameter: str) -> str:
    """Whether one of the ALIAS columns `items` holds `key=value`; answered by their text indexes."""
    return "(" + " OR ".join(f"has({column}, {parameter})" for column in items) + ")"


def words_in(column: str, parameter: str) -> str:
    """Whether an ALIAS column of text in lower case holds every word of a text; answered by its index."""
    return f"hasAllTokens({column}, lowerUTF8({parameter}))"


def scanned_words_in(column: str, parameter: str) -> str:
    """The same, written so that no index is asked."""
    return f"hasAllTokens(concat({column}, ''), lowerUTF8({parameter}))"


def text_in(column: str, parameter: str) -> str:
    """Whether such a column holds a text as it is written."""
    return f"position({column}, lowerUTF8({parameter})) > 0"
