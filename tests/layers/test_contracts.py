"""Who may import whom: the contracts of pyproject.toml hold, and each one notices its breach.

One rule stands here and not there, because a contract must name modules and this one must hold for
every module the front door will ever have: no part imports the front door.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("collector", "query", "instrumentation", "mlkit")

BREACHES = {
    "instrumentation imports none of us": (
        "instrumentation/planted.py",
        "from spanhouse.mlkit import __doc__",
    ),
    "collector imports only instrumentation.semconv": (
        "collector/planted.py",
        "import spanhouse.query",
    ),
    "query imports only collector.store and instrumentation.semconv": (
        "query/planted.py",
        "from spanhouse.collector.planted import __doc__",
    ),
    "mlkit imports only instrumentation and query.client": (
        "mlkit/planted.py",
        "from spanhouse.query.planted import __doc__",
    ),
    "what goes into users' programs imports nothing of the server's": (
        "instrumentation/planted_server.py",
        "import fastapi",
    ),
    "ClickHouse is reached only through clickhouse-connect": (
        "query/planted_engine.py",
        "import chdb",
    ),
}


def run_python(folder: Path, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `program` so that `import spanhouse` finds the tree in `folder`."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )


def imports_of_the_front_door(folder: Path) -> set[tuple[str, str]]:
    """(importer, imported) wherever a part imports a module that belongs to no part."""
    program = (
        "import grimp, json; graph = grimp.build_graph('spanhouse', cache_dir=None)\n"
        "print(json.dumps([(importer, imported) for importer in graph.modules\n"
        "    for imported in graph.find_modules_directly_imported_by(importer)]))"
    )
    edges: list[list[str]] = json.loads(run_python(folder, program).stdout)
    return {
        (importer, imported)
        for importer, imported in edges
        if part_of(importer) in PARTS
        and imported.startswith("spanhouse.")
        and part_of(imported) not in PARTS
    }


def part_of(module: str) -> str:
    """`collector` for `spanhouse.collector.x`."""
    return module.split(".")[1] if "." in module else ""


def lint(folder: Path) -> tuple[int, dict[str, str]]:
    """Run import-linter in `folder`; its exit code and each contract's verdict."""
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    run = run_python(folder, program, "--no-cache")
    verdicts = dict(re.findall(r"^(\S.*) (KEPT|BROKEN)(?: .*)?$", run.stdout, re.MULTILINE))
    assert verdicts, run.stdout + run.stderr
    return run.returncode, verdicts


def test_every_contract_is_kept() -> None:
    """The tree as it is breaks no contract."""
    code, verdicts = lint(ROOT)
    assert set(verdicts.values()) == {"KEPT"}
    assert code == 0


def test_every_contract_notices_its_breach(tree: Path) -> None:
    """One planted import per contract, and all contracts are broken."""
    for path, line in BREACHES.values():
        (tree / path).write_text(f'"""Planted."""\n\n{line}\n')
    code, verdicts = lint(tree)
    assert verdicts == dict.fromkeys(BREACHES, "BROKEN")
    assert code == 1


def test_every_contract_has_a_breach_planted_for_it() -> None:
    """A contract nobody has seen broken may be checking nothing."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(BREACHES)


def test_no_part_imports_the_front_door(tree: Path) -> None:
    """The front door knows the parts, never the other way; `spanhouse.__version__` is for all."""
    assert imports_of_the_front_door(ROOT) == set()
    (tree / "spanhouse" / "planted_door.py").write_text('"""Planted."""\n')
    (tree / "query" / "planted.py").write_text("import spanhouse.planted_door\n")
    planted = {("spanhouse.query.planted", "spanhouse.planted_door")}
    assert imports_of_the_front_door(tree) == planted
