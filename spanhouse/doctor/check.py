"""A finding, and how findings are printed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from spanhouse.terminal import Terminal, plural

Status = Literal["ok", "warn", "fail"]
_COLOURS: dict[Status, str] = {"ok": "green", "warn": "yellow", "fail": "red"}


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    name: str
    status: Status
    found: str
    advice: str = ""
    """What to do; empty when it is ok."""


def report(checks: Sequence[Check], terminal: Terminal, *, as_json: bool) -> Iterator[str]:
    """The findings as lines: a table for a person, or JSON."""
    if as_json:
        yield json.dumps({"checks": [asdict(check) for check in checks]}, indent=2)
        return
    width = max(len(check.name) for check in checks)
    for check in checks:
        status = terminal.style(_COLOURS[check.status], f"{check.status:<4}")
        yield f"  {status}  {check.name:<{width}}  {check.found}"
        if check.advice:
            yield f"  {'':4}  {'':{width}}  → {check.advice}"
    yield ""
    yield _summary(checks)


def _summary(checks: Sequence[Check]) -> str:
    failed = sum(check.status == "fail" for check in checks)
    warned = sum(check.status == "warn" for check in checks)
    counts = [plural(failed, "problem")] * bool(failed) + [plural(warned, "warning")] * bool(warned)
    return ", ".join(counts) if counts else "nothing wrong"
