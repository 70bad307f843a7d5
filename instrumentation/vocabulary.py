"""Writes docs/vocabulary.md from semconv.py: `python -m spanhouse.instrumentation.vocabulary > docs/vocabulary.md`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

_HEAD: Final = """# Vocabulary

The names that spanhouse writes and understands, generated from `instrumentation/semconv.py`. Where OpenTelemetry has a
name it is that one; `spanhouse.*` is ours. "Content" is written only while content is captured. How events fold:
[instrumentation/semconv.md](../instrumentation/semconv.md).

| Name | Meaning |
|---|---|
"""


class Entry(NamedTuple):
    """A name and what it means."""

    name: str
    meaning: str


def entries() -> Iterator[Entry]:
    """Each name of semconv.py with the text below it. Raises ValueError for a name without one."""
    source = (Path(__file__).parent / "semconv.py").read_text("utf-8")
    body = ast.parse(source).body
    for statement, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(
            statement.value, ast.Constant
        ):
            continue
        if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)):
            raise ValueError(
                f"semconv.py line {statement.lineno} has no text below it: say what the name means"
            )
        yield Entry(str(statement.value.value), str(after.value.value).rstrip("."))


def page() -> str:
    """The page, as Markdown."""
    return _HEAD + "".join(f"| `{name}` | {meaning} |\n" for name, meaning in entries())


if __name__ == "__main__":
    print(page(), end="")
