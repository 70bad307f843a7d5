"""`python -m tests.bench [NAME ...]`: list the benchmarks, or run some."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

_NOT_BENCHMARKS = {"__init__", "__main__", "history", "load", "report", "servers", "spans"}


def main(names: list[str]) -> None:
    """Run the named benchmarks, or list all with their first line."""
    found = sorted(
        p.stem for p in Path(__file__).parent.glob("*.py") if p.stem not in _NOT_BENCHMARKS
    )
    if not names:
        for name in found:
            doc = importlib.import_module(f"{__package__}.{name}").__doc__ or ""
            print(f"{name:10} {doc.splitlines()[0]}")
        return
    for name in found if names == ["all"] else names:
        if name not in found:
            raise SystemExit(f"no benchmark {name!r}; there are: {', '.join(found)}")
        importlib.import_module(f"{__package__}.{name}").main()


main(sys.argv[1:])
