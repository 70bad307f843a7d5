"""`import spanhouse` is light, and offers exactly what it lists."""

import importlib
import inspect
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import spanhouse

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("collector", "query", "instrumentation", "mlkit")


def modules_after(statement: str, folder: Path) -> set[str]:
    """The top-level modules that `statement` makes a new interpreter load."""
    program = (
        "import sys; before = set(sys.modules); sys.path.insert(0, sys.argv[1])\n"
        f"{statement}\n"
        "import json; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    output = subprocess.check_output([sys.executable, "-c", program, str(ROOT)], cwd=folder)
    return {name.partition(".")[0] for name in json.loads(output)}


def test_the_front_door_loads_only_the_standard_library(tmp_path: Path) -> None:
    """A user's program pays for what it asks for, not for the server's engines."""
    loaded = modules_after("import spanhouse", tmp_path) - set(sys.stdlib_module_names)
    assert loaded == {"spanhouse"}


def test_a_client_loads_nothing_of_the_server(tmp_path: Path) -> None:
    """The parts made for users' programs start without the extra `server`."""
    statement = "import spanhouse.instrumentation, spanhouse.mlkit"
    server = {"chdb", "clickhouse_connect", "fastapi", "uvicorn", "orjson", "zstandard"}
    assert modules_after(statement, tmp_path) & server == set()


def test_every_exported_name_exists() -> None:
    """`__all__` is what can be imported, lazily or not."""
    for name in spanhouse.__all__:
        assert getattr(spanhouse, name) is not None
    lazy = set(spanhouse._LAZY)
    assert lazy <= set(spanhouse.__all__)
    assert set(dir(spanhouse)) == set(spanhouse.__all__)


def test_every_public_name_is_exported() -> None:
    """Nothing public stands in the front door without being listed."""
    own = {
        name
        for name, value in vars(spanhouse).items()
        if not name.startswith("_")
        and not inspect.ismodule(value)
        and getattr(value, "__module__", "spanhouse").startswith("spanhouse")
    }
    assert own <= set(spanhouse.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A typing mistake reads as one."""
    with pytest.raises(AttributeError, match="module 'spanhouse' has no attribute 'instrumnet'"):
        _ = spanhouse.instrumnet


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_the_folder_at_the_root(part: str) -> None:
    """A traceback shows `collector/x.py`, not the symlink the type checker reads."""
    module = importlib.import_module(f"spanhouse.{part}")
    assert module.__file__ == str(ROOT / part / "__init__.py")


def test_a_part_loaded_under_its_bare_name_fails_the_session(tree: Path) -> None:
    """`import collector` works in a checkout, as a second copy; the last check sees it."""
    (tree / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", tree / "tests")
    planted = "def test_planted():\n    import spanhouse.collector, collector\n"
    (tree / "tests" / "test_planted.py").write_text(planted)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    assert run.returncode == 1
    assert "{'collector/__init__.py': ['collector', 'spanhouse.collector']}" in run.stdout


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_its_symlink(part: str) -> None:
    """mypy and import-linter read folders: a lost symlink would leave a part unchecked."""
    link = ROOT / "spanhouse" / part
    assert link.is_symlink()
    assert link.resolve() == ROOT / part
    assert (ROOT / part / "py.typed").is_file()
