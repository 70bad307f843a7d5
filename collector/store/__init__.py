"""The one store: ClickHouse, embedded (chDB) or a server, through clickhouse-connect."""

from .connection import DATABASE, Store, StoreError, StoreLocked
from .migrate import SchemaError, migrate

__all__ = ["DATABASE", "SchemaError", "Store", "StoreError", "StoreLocked", "migrate"]
