"""What a user's SQL may name, with what it means, for an editor's completion."""

from __future__ import annotations

from functools import cache
from importlib import resources

from spanhouse.collector.store import DATABASE, Store

from ..answers.sql import SqlSchema, SqlSchemaColumn, SqlTable
from . import allowed

_COLUMNS = """
SELECT table, name, type, comment FROM system.columns
WHERE database = {database:String} AND table IN {tables:Array(String)} AND default_kind != 'EPHEMERAL'
ORDER BY table, position
"""
_KEYWORDS = "SELECT keyword FROM system.keywords ORDER BY keyword"


def schema(store: Store) -> SqlSchema:
    """The schema as a project sees it; comments are those of the DDL, then those of comments.txt."""
    rows = store.rows(_COLUMNS, {"database": DATABASE, "tables": list(allowed.TABLES)})
    by_table: dict[str, list[SqlSchemaColumn]] = {table: [] for table in allowed.TABLES}
    for row in rows:
        table, name = row["table"], row["name"]
        comment = row["comment"] or _comment(table, name)
        by_table[table].append(SqlSchemaColumn(name=name, type=row["type"], comment=comment))
    return SqlSchema(
        tables=[
            SqlTable(name=table, comment=_comments().get(table, ""), columns=columns)
            for table, columns in by_table.items()
        ],
        functions=sorted(allowed.function_names(), key=str.lower),
        keywords=[row["keyword"] for row in store.rows(_KEYWORDS)],
    )


def _comment(table: str, column: str) -> str:
    comments = _comments()
    return comments.get(f"{table}.{column}") or comments.get(f"*.{column}", "")


@cache
def _comments() -> dict[str, str]:
    text = resources.files(__package__).joinpath("comments.txt").read_text(encoding="utf-8")
    entries = (line.split(maxsplit=1) for line in text.splitlines() if line and line[0] != "#")
    return {name: comment.strip() for name, comment in entries}
