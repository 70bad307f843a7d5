"""What a program's texts become before they are written: redacted, bounded, plain JSON, never silently cut."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import BaseModel

from spanhouse.instrumentation.content import PATTERNS, ContentPolicy, reference

ALL = ContentPolicy(redact=tuple(PATTERNS.values()))
SECRET = "a1B2c3D4e5F6g7H8i9J0"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"sk-{SECRET}", "[key removed]"),
        (f"use sk-proj-{SECRET} now", "use [key removed] now"),
        ("AKIAIOSFODNN7EXAMPLE", "[key removed]"),
        (f"ghp_{SECRET}{SECRET}", "[key removed]"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP-mB92K27", "[key removed]"),
        ("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "[key removed]"),
        ("mail ada@example.org today", "mail [e-mail removed] today"),
        ("4111 1111 1111 1111", "[card removed]"),
        ("4111 1111 1111 1112", "4111 1111 1111 1112"),
        ("task-list, sk-short, risk-averse-and-long", "task-list, sk-short, risk-averse-and-long"),
        ("order 20261125093000", "order 20261125093000"),
    ],
)  # fmt: skip
def test_secrets_are_removed_and_what_looks_like_one_is_not(text: str, shown: str) -> None:
    assert ALL.text(text) == shown


def test_a_secret_across_the_limit_is_removed_whole() -> None:
    policy = ContentPolicy(limit=20)
    text = "the key is sk-proj-" + SECRET * 3
    assert policy.text(text) == f"the key is [key remo … [20 of {len(text)} characters]"


def test_texts_deep_in_arguments_are_redacted_by_every_function_in_order() -> None:
    policy = ContentPolicy(
        redact=(lambda text: text.replace("a", "b"), lambda text: text.replace("b", "c"))
    )
    assert (
        policy.json({"list": [{"text": "a"}], "tuple": ("a", 1)})
        == '{"list":[{"text":"c"}],"tuple":["c",1]}'
    )


@dataclass
class Point:
    x: int
    label: str


class Place(BaseModel):
    city: str
    zip: str | None = None


def test_any_value_becomes_plain_json() -> None:
    class Odd:
        def __str__(self) -> str:
            return "odd"

    told = json.loads(
        ALL.json(
            {
                "point": Point(1, "p"),
                "place": Place(city="Paris"),
                3: None,
                "odd": Odd(),
                "bytes": b"hi",
                "flag": True,
            }
        )
    )
    assert told == {
        "point": {"x": 1, "label": "p"}, "place": {"city": "Paris"}, "3": None, "odd": "odd", "flag": True,
        "bytes": {
            "mime_type": "application/octet-stream", "byte_size": 2,
            "sha256": "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4",
        },
    }  # fmt: skip
    assert told["bytes"] == reference(b"hi")


def test_what_is_left_out_is_said() -> None:
    endless: dict[str, Any] = {}
    endless["self"] = endless
    assert "deeper than 24 levels" in ALL.json(endless)
    assert json.loads(ALL.json(list(range(1_001))))[-1] == "… [1,000 of 1,001 items]"
