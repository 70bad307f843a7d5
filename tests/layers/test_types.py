"""The type checker sees through the layout: an error planted in a part is found."""

import os
import subprocess
import sys
from pathlib import Path

FILES = ("spanhouse/mlkit/planted.py", "spanhouse/query/planted_callee.py")
PLANTED = '''"""Planted."""

from spanhouse.query.planted_callee import twice

twice("two")
'''
CALLEE = '''"""Planted."""


def twice(number: int) -> int:
    """Twice `number`."""
    return 2 * number
'''


def check(tree: Path) -> "subprocess.CompletedProcess[str]":
    """Run mypy with the project's settings on the planted modules alone, through the symlinks."""
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tree.parent / "cache"), *FILES],
        cwd=tree,
        env={key: value for key, value in os.environ.items() if key != "MYPYPATH"},
        capture_output=True,
        text=True,
    )


def test_an_error_across_two_parts_is_found(tree: Path) -> None:
    """A call from one part into another is checked against the other's signature."""
    (tree / "query" / "planted_callee.py").write_text(CALLEE)
    (tree / "mlkit" / "planted.py").write_text(PLANTED)
    found = check(tree)
    assert found.stdout.splitlines() == [
        'spanhouse/mlkit/planted.py:5: error: Argument 1 to "twice" has incompatible type "str"; '
        'expected "int"  [arg-type]',
        "Found 1 error in 1 file (checked 2 source files)",
    ]
    (tree / "mlkit" / "planted.py").write_text(PLANTED.replace('"two"', "2"))
    assert check(tree).stdout == "Success: no issues found in 2 source files\n"
