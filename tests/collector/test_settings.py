"""Settings and signals are what their documentation says."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from spanhouse.collector.otlp.signals import LOGS, METRICS, OTLP_PROTO, SIGNALS, TRACES, Signal
from spanhouse.collector.settings import CollectorSettings

# mypy does not see that pydantic's fields have defaults.
read_settings: Any = CollectorSettings


def test_every_setting_is_documented() -> None:
    """A string under each."""
    [definition] = ast.parse(inspect.getsource(CollectorSettings)).body
    assert isinstance(definition, ast.ClassDef)
    documented = {
        statement.target.id
        for statement, after in zip(definition.body, definition.body[1:], strict=False)
        if isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
        and after.value.value.strip()
    }
    assert documented == set(CollectorSettings.model_fields)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An argument comes first."""
    monkeypatch.setenv("SPANHOUSE_OTLP_GRPC_PORT", "1234")
    monkeypatch.setenv("SPANHOUSE_CORS_ORIGINS", '["https://a.example"]')
    settings = read_settings()
    assert (settings.otlp_grpc_port, settings.cors_origins) == (1234, ("https://a.example",))
    assert read_settings(otlp_grpc_port=5, data=Path("x")).otlp_grpc_port == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [("otlp_grpc_port", "65536"), ("writers", "0"), ("max_body_bytes", "-1"), ("fsync", "maybe")],
)
def test_a_setting_out_of_its_bounds_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The error names it."""
    monkeypatch.setenv(f"SPANHOUSE_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        read_settings()


@pytest.mark.parametrize(
    ("signal", "field"),
    [(TRACES, "rejected_spans"), (LOGS, "rejected_log_records"), (METRICS, "rejected_data_points")],
    ids=lambda value: getattr(value, "name", value),
)
def test_partial_success_is_set_only_where_something_was_rejected(
    signal: Signal, field: str
) -> None:
    """OTLP: a response without it says that all was accepted."""
    assert signal.response_bytes(0, "") == b""
    response: Any = signal.response.FromString(signal.response_bytes(3, "why"))
    partial = response.partial_success
    assert (getattr(partial, field), partial.error_message) == (3, "why")


def test_the_schema_has_an_envelope_for_each_signal() -> None:
    """By the name that the INSERT asks for."""
    for signal in SIGNALS.values():
        assert f"message {signal.envelope} {{" in OTLP_PROTO.read_text()
        assert signal.inbox == f"inbox_{signal.name}"
