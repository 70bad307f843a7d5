"""Runs, models and prompts as OpenTelemetry: writes OTLP, reads the query API."""
