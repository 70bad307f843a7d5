"""What the query API can be told, read once at start from `SPANHOUSE_QUERY_...` and passed down.

A value out of its bounds stops the start with pydantic's sentence about it.
"""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class QuerySettings(BaseSettings):
    """Who may ask, and bounds on what one question may cost."""

    model_config = SettingsConfigDict(env_prefix="SPANHOUSE_QUERY_", frozen=True, extra="forbid")

    hosts: tuple[str, ...] = Field(
        default=(),
        description="names by which a reverse proxy asks for the page, besides addresses and names of this machine: "
        "any other could have been made to point here by a web page elsewhere",
    )
    max_execution_seconds: float = Field(
        default=30,
        ge=0.001,
        description="seconds one SQL query may run: a question over too much data must not hold a "
        "core for minutes",
    )
    max_memory_bytes: int = Field(
        default=4 << 30,
        ge=64 << 20,
        description="bytes one SQL query may hold: beside ingest in one process, on a laptop",
    )
    max_skeleton_spans: int = Field(
        default=200_000,
        ge=1,
        description="spans of one trace that a skeleton holds: twice what the page is built for",
    )
    max_export_items: int = Field(
        default=10_000_000,
        ge=1,
        description="items one export may be asked for: beyond, it is a job for clickhouse-client",
    )
    max_service_map_spans: int = Field(
        default=1_000_000,
        ge=1,
        description="spans that a service map joins with their parents: of more, whole traces are left out evenly",
    )
    max_sql_rows: int = Field(
        default=10_000,
        ge=1,
        description="rows of a JSON answer to a user's SQL: what a page can show; downloads and the ClickHouse "
        "interface have max_sql_result_rows",
    )
    max_sql_stream_seconds: float = Field(
        default=300,
        ge=0.001,
        description="seconds that a user's SQL may take whose answer is a stream (a file, the ClickHouse "
        "interface): the reader's time counts, since a slow one slows the query",
    )
    max_sql_result_rows: int = Field(
        default=10_000_000,
        ge=1,
        description="rows that a user's SQL may return in any form: more is a job for a copy of the data",
    )
    max_sql_rows_read: int = Field(
        default=10_000_000_000,
        ge=1,
        description="rows that a user's SQL may read: far more than a laptop holds, so a question about all of it runs",
    )
    max_sql_bytes_read: int = Field(
        default=1 << 40,
        ge=1,
        description="uncompressed bytes that a user's SQL may read: as far out as max_sql_rows_read",
    )
    max_sql_queries: int = Field(
        default=8,
        ge=1,
        description="users' SQL queries that run at once: more of them wait, ingest and the page keep their share",
    )
