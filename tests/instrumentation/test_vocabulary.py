"""docs/vocabulary.md is what semconv.py says."""

from __future__ import annotations

from pathlib import Path

from spanhouse.instrumentation.vocabulary import entries, page


def test_the_page_is_the_one_written_from_the_names() -> None:
    """After a change: `python -m spanhouse.instrumentation.vocabulary > docs/vocabulary.md`."""
    assert (Path(__file__).parents[2] / "docs/vocabulary.md").read_text("utf-8") == page()


def test_no_name_is_told_twice() -> None:
    """A name has one meaning."""
    names = [entry.name for entry in entries()]
    assert len(names) == len(set(names))
