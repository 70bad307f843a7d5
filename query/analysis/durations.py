"""Durations as people read them: three digits and a unit."""

from __future__ import annotations

_UNITS = (("h", 3600 * 10**9), ("min", 60 * 10**9), ("s", 10**9), ("ms", 10**6), ("µs", 10**3))


def duration_text(nano: int) -> str:
    """`12.3 s`, `840 ms`, `1.5 µs`, `12 ns`, `0 s`."""
    if nano == 0:
        return "0 s"
    for unit, size in _UNITS:
        if abs(nano) >= size:
            value = nano / size
            digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
            rounded = f"{value:.{digits}f}"
            return f"{rounded.rstrip('0').rstrip('.') if '.' in rounded else rounded} {unit}"
    return f"{nano} ns"
