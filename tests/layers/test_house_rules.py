"""Small lints for the house rules that no tool checks, each shown to catch what it forbids."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("spanhouse", "collector", "query", "instrumentation", "mlkit", "tests")
NOT_OURS = {"node_modules", "dist", "static", "__pycache__"}

MAX_FILE_LINES = 600
MAX_FUNCTION_LINES = 60
EMPTY_NAMES = re.compile(
    r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)|(^|_)v[2-9]$", re.IGNORECASE
)

Rule = Callable[[str, str], Iterator[str]]


def file_is_short(path: str, source: str) -> Iterator[str]:
    """A file has at most MAX_FILE_LINES lines."""
    lines = source.count("\n")
    if lines > MAX_FILE_LINES:
        yield f"{path}: {lines} lines, {MAX_FILE_LINES} allowed; cut it along its nouns"


def name_says_something(path: str, source: str) -> Iterator[str]:
    """A module is named after what it holds."""
    for part in Path(path).with_suffix("").parts:
        if EMPTY_NAMES.search(part):
            yield f"{path}: {part!r} says nothing; name the noun it is about"


def functions_are_short(path: str, source: str) -> Iterator[str]:
    """A function has at most MAX_FUNCTION_LINES lines, its docstring not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node, clean=False) is not None:
                lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
            if lines > MAX_FUNCTION_LINES:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines, {MAX_FUNCTION_LINES}"


def ignores_name_their_error(path: str, source: str) -> Iterator[str]:
    """`type: ignore` carries the code of the error it silences."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and re.search(r"type:\s*ignore(?!\[)", token.string):
            yield f"{path}:{token.start[0]}: type: ignore without the error's code"


def imports_across_parts_are_absolute(path: str, source: str) -> Iterator[str]:
    """A relative import stays inside its top-level folder (in a checkout it would leave it)."""
    depth = len(Path(path).parts) - 1
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level > depth:
            yield f"{path}:{node.lineno}: reaches out of its folder; write spanhouse.x"


PYTHON_RULES: tuple[Rule, ...] = (
    file_is_short,
    name_says_something,
    functions_are_short,
    ignores_name_their_error,
    imports_across_parts_are_absolute,
)
PAGE_RULES: tuple[Rule, ...] = (file_is_short, name_says_something)


def sources(folder: Path, *suffixes: str) -> Iterator[Path]:
    """The files under `folder` that we write; symlinks are not followed, generated code is left."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink() and path.name not in NOT_OURS:
            yield from sources(path, *suffixes)
        elif path.suffix in suffixes and ".gen." not in path.name:
            yield path


def complaints(rules: tuple[Rule, ...], paths: Iterator[Path]) -> list[str]:
    """What `rules` have to say about the files."""
    found: list[str] = []
    for path in paths:
        source, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        for rule in rules:
            found += rule(name, source)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_python_keeps_the_house_rules(folder: str) -> None:
    """No rule has a complaint about a folder."""
    assert complaints(PYTHON_RULES, sources(ROOT / folder, ".py")) == []


def test_the_page_keeps_the_house_rules() -> None:
    """No rule has a complaint about the page's sources."""
    assert complaints(PAGE_RULES, sources(ROOT / "ui" / "src", ".ts", ".tsx", ".css")) == []


@pytest.mark.parametrize(
    ("rule", "path", "kept", "broken"),
    [
        (file_is_short, "query/x.py", "x = 1\n" * 600, "x = 1\n" * 601),
        (
            functions_are_short,
            "query/x.py",
            'def f():\n    """Two\n    lines."""\n' + "    x = 1\n" * 59,
            "def f():\n" + "    x = 1\n" * 60,
        ),
        (
            ignores_name_their_error,
            "query/x.py",
            "x = 1  # type: ignore[name-defined]\ny = 'a # type: ignore'\n",
            "x = 1  # type: ignore\n",
        ),
        (
            imports_across_parts_are_absolute,
            "query/routers/x.py",
            "from ..app import y\n",
            "from ...collector import y\n",
        ),
    ],
)
def test_a_rule_catches_what_it_forbids(rule: Rule, path: str, kept: str, broken: str) -> None:
    """Just inside the bound passes, just outside is reported once."""
    assert list(rule(path, kept)) == []
    assert len(list(rule(path, broken))) == 1


@pytest.mark.parametrize("path", ["query/utils.py", "query/sql_helpers.py", "mlkit/run_v2.py"])
def test_an_empty_name_is_caught(path: str) -> None:
    """Names that say nothing are refused wherever they stand in a path."""
    assert len(list(name_says_something(path, ""))) == 1


@pytest.mark.parametrize("path", ["query/client.py", "collector/otlp/proto_v1.py", "q/commons.py"])
def test_a_good_name_passes(path: str) -> None:
    """A word is judged whole, not by its letters."""
    assert list(name_says_something(path, "")) == []
