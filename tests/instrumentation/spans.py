"""What the tests of libraries read from a span."""

from __future__ import annotations

import json
from typing import Any

from spanhouse.instrumentation.operation import MODEL_CALLS

HELLO: Any = [{"role": "user", "content": "hello"}]
FAIL: Any = [{"role": "user", "content": "fail"}]
WEATHER: Any = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "The weather of a city",
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        },
    }
]


def usage(span: dict[str, Any]) -> dict[str, int]:
    """Bucket -> tokens."""
    prefix = "gen_ai.usage."
    return {
        key.removeprefix(prefix): value
        for key, value in span["attributes"].items()
        if key.startswith(prefix)
    }


def said(span: dict[str, Any]) -> list[Any]:
    """The parts of the answer."""
    [message] = json.loads(span["attributes"]["gen_ai.output.messages"])
    parts: list[Any] = message["parts"]
    return parts


def names(spans: list[dict[str, Any]]) -> list[str]:
    """Their names."""
    return [span["name"] for span in spans]


def tree(spans: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    """Each span's name and its parent's, in the order of their starts."""
    by_id = {span["id"]: span["name"] for span in spans}
    return [
        (span["name"], by_id.get(span["parent"]))
        for span in sorted(spans, key=lambda span: span["id"])
    ]


def model_calls(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that call a model."""
    return [
        span for span in spans if span["attributes"].get("gen_ai.operation.name") in MODEL_CALLS
    ]


def hold_usage(spans: list[dict[str, Any]], requests: int, told: dict[str, int]) -> None:
    """There is a model call for each request, each with the usage `told`, and no other span has any."""
    calls = model_calls(spans)
    assert len(calls) == requests
    assert all(usage(call) == told for call in calls)
    others = [span for span in spans if span not in calls]
    assert not [key for span in others for key in span["attributes"] if "usage" in key]
