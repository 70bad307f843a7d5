"""ClickHouse's HTTP interface (port 8123) over users' SQL: read-only, one project a request.

What runs is what `/api/sql` runs (query/user_sql); here is only what clients of ClickHouse say and expect on the wire.
"""

from .app import create_clickhouse_app

__all__ = ["create_clickhouse_app"]
