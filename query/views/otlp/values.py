"""An attribute's text and type, or a number, as OTLP JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import orjson

from ...time_range import unix_nano
from ..attributes import Pairs


def key_values(pairs: Pairs, types: Sequence[str]) -> list[dict[str, Any]]:
    """Attributes as a list of KeyValue, in their order."""
    return [
        {"key": key, "value": any_value(value, type)}
        for (key, value), type in zip(pairs, types, strict=True)
    ]


def any_value(text: str, type: str) -> dict[str, Any]:
    """The AnyValue of a stored text and its AttributeType."""
    match type:
        case "string":
            return {"stringValue": text}
        case "bool":
            return {"boolValue": text == "true"}
        case "int":
            return {"intValue": text}
        case "double":
            return {"doubleValue": double(text)}
        case "bytes":
            return {"bytesValue": text}
        case "array" | "kvlist":
            return _of_plain(orjson.loads(text))
        case "any":
            # Stored in this very encoding, where plain JSON would lose something.
            value: dict[str, Any] = orjson.loads(text)
            return value
        case _:
            return {}


def double(text: str) -> float | str:
    """A double as JSON can write it: protobuf's JSON names for what is not finite."""
    value = float(text)
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def nano(value: int) -> str | None:
    """A time or count as OTLP JSON; None for 0, which is "not set"."""
    return str(value) if value else None


def time(text: str) -> str | None:
    """A time of the store as OTLP JSON."""
    return nano(unix_nano(text))


def present(message: dict[str, Any]) -> dict[str, Any]:
    """A message without fields that are not set or at their default."""
    return {
        name: value
        for name, value in message.items()
        if value or (value is not None and isinstance(value, dict))
    }


def _of_plain(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, list):
        return {"arrayValue": {"values": [_of_plain(item) for item in value]}}
    pairs = [{"key": key, "value": _of_plain(item)} for key, item in value.items()]
    return {"kvlistValue": {"values": pairs}}
