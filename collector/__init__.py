"""OTLP in, ClickHouse rows out; owns the schema and is the only writer."""
