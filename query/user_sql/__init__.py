"""SQL that users write: checked by ClickHouse's own parser, limited, and kept to one project.

For alerts, MCP and others in this process: `UserSql(store, settings).run(project, sql, operation="...")`, service.py.
"""

from .errors import Cancelled, InvalidSql
from .guard import SqlNotAllowed
from .handles import Budget
from .service import Answer, Column, UserSql

__all__ = ["Answer", "Budget", "Cancelled", "Column", "InvalidSql", "SqlNotAllowed", "UserSql"]
