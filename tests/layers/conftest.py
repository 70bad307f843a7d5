"""A copy of the tree in which a test may plant a fault."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("collector", "query", "instrumentation", "mlkit")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The front door, the parts and their symlinks, with pyproject.toml; tests and ui left out."""
    copy = tmp_path / "tree"
    skip = shutil.ignore_patterns("__pycache__", "static")
    for folder in ("spanhouse", *PARTS):
        shutil.copytree(ROOT / folder, copy / folder, symlinks=True, ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy
