"""Users' SQL: what is sent, and the answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

SqlFormat = Literal["JSON", "CSV", "TSV", "Parquet", "Arrow"]


class SqlRequest(BaseModel):
    """One query."""

    query: str = Field(description="one statement that reads, ClickHouse's SQL")
    parameters: dict[str, Any] = Field(
        default={},
        description="values of `{name:Type}` in the query: text, numbers, lists, objects, null",
    )
    format: SqlFormat = Field(default="JSON", description="JSON for a page; the others are files")
    query_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        pattern=r"^[\w.:-]+$",
        description="chosen by the client, to ask for progress and to cancel while it waits",
    )


class SqlColumn(BaseModel):
    """A column of an answer."""

    name: str
    type: str = Field(description="ClickHouse's, as DateTime64(9, 'UTC')")


class SqlStatistics(BaseModel):
    """What the query cost."""

    elapsed_seconds: float
    rows_read: int
    bytes_read: int = Field(description="uncompressed")


class SqlAnswer(BaseModel):
    """The rows."""

    query_id: str
    columns: list[SqlColumn]
    rows: list[list[Any]] = Field(
        description="64-bit integers, decimals, NaN and infinities are text; what is not UTF-8 has U+FFFD"
    )
    row_count: int
    truncated: bool = Field(description="whether there are more rows than row_limit")
    row_limit: int
    statistics: SqlStatistics


class SqlProgress(BaseModel):
    """How far a query is, or how it ended."""

    query_id: str
    state: Literal["running", "finished", "failed", "cancelled"]
    elapsed_seconds: float
    rows_read: int
    bytes_read: int
    total_rows_to_read: int = Field(description="as ClickHouse estimates it; 0 where it does not")


class SqlSchemaColumn(BaseModel):
    """A column of a table."""

    name: str
    type: str
    comment: str


class SqlTable(BaseModel):
    """A table that SQL may read."""

    name: str
    comment: str
    columns: list[SqlSchemaColumn]


class SqlSchema(BaseModel):
    """What an editor completes."""

    tables: list[SqlTable]
    functions: list[str]
    keywords: list[str]
