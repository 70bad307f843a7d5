"""ClickHouse rows in, answers out: REST, SQL and the page."""
