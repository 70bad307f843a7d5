"""The one store: ClickHouse, embedded (chDB) or a server, through clickhouse-connect."""

from .connection import Store, StoreError, StoreLocked
from .migrate import SchemaError, migrate

__all__ = ["SchemaError", "Store", "StoreError", "StoreLocked", "migrate"]
