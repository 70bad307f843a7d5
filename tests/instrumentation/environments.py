"""`make test-libraries`: each library's tests, in a process of its own, in the locked environment it can be in.

No one environment holds them all: openai 3 excludes four of them, CrewAI and ADK exclude each other (locks/).

    python tests/instrumentation/environments.py [NAME ...]     only these libraries
    python tests/instrumentation/environments.py --table FILE   also writes the table as Markdown
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
ENVIRONMENTS: Final = ROOT / "build" / "environments"
TOOLS: Final = ("pytest>=8.4", "pytest-asyncio>=1.2")

LIBRARIES: Final[dict[str, tuple[str, ...]]] = {
    "genai": (
        "openai", "anthropic", "google_genai", "bedrock", "groq", "mistralai", "cohere", "ollama", "mcp", "langchain",
        "langgraph",
        "haystack", "pydantic_ai", "smolagents", "openai_agents", "agno", "autogen", "ag2", "claude_agent_sdk",
    ),
    "genai-openai2": ("openai", "litellm", "dspy", "llama_index", "crewai", "semantic_kernel", "langchain", "mcp"),
    "genai-adk": ("google_adk", "strands", "google_genai"),
}  # fmt: skip
"""Environment -> the libraries whose tests run in it; some run in two, with different versions of what they call."""


class Result(NamedTuple):
    """How the tests of a library ended."""

    library: str
    version: str
    environment: str
    passed: int
    failed: int
    seconds: float


def python_of(name: str) -> Path:
    """The interpreter of the environment `name`, which is made or brought up to its lock."""
    folder, lock = ENVIRONMENTS / name, HERE / "locks" / f"{name}.txt"
    python = folder / "bin" / "python"
    stamp, wanted = folder / ".lock", hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    print(f"making the environment {name} in {folder} ...", flush=True)
    venv.create(folder, with_pip=True, clear=True)
    # uv installs these hundreds of packages in seconds where pip takes minutes.
    subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
    install: list[str | Path] = [
        python,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        python,
        "-r",
        lock,
        *TOOLS,
    ]
    subprocess.run(install, check=True)
    stamp.write_text(wanted)
    return python


def run(library: str, environment: str) -> Result:
    """Run the tests of `library`."""
    python = python_of(environment)
    started = time.monotonic()
    options = [
        "-q",
        "--import-mode=importlib",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        str(ROOT),
    ]
    options += [
        "-o",
        "asyncio_mode=auto",
        "-o",
        "asyncio_default_fixture_loop_scope=function",
        "-W",
        "ignore",
    ]
    done = subprocess.run(
        [python, "-m", "pytest", f"tests/instrumentation/libraries/test_{library}.py", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    counts = {
        what: int(count) for count, what in re.findall(r"(\d+) (passed|failed|error)", done.stdout)
    }
    failed = counts.get("failed", 0) + counts.get("error", 0)
    if done.returncode != 0:
        print(done.stdout[-6000:] + done.stderr[-2000:])
        failed = failed or 1
    version = _version(python, library)
    return Result(
        library, version, environment, counts.get("passed", 0), failed, time.monotonic() - started
    )


def _version(python: Path, library: str) -> str:
    """The version of the library's distribution in an environment."""
    code = (
        "import sys; from importlib.metadata import version;"
        "from spanhouse.instrumentation.libraries import DISTRIBUTIONS; print(version(DISTRIBUTIONS[sys.argv[1]]))"
    )
    told = subprocess.run(
        [python, "-c", code, library],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() or "?"


def table(results: Iterable[Result]) -> str:
    """The results as Markdown."""
    lines = [
        "| Library | Version | Environment | Tests | Result | Seconds |",
        "|---|---|---|---|---|---|",
    ]
    for each in results:
        outcome = "passed" if each.failed == 0 and each.passed else f"{each.failed} failed"
        lines.append(
            f"| {each.library} | {each.version} | {each.environment} | {each.passed + each.failed} "
            f"| {outcome} | {each.seconds:.0f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run what is asked for; 1 if a test failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("libraries", nargs="*", help="only these")
    parser.add_argument("--table", type=Path, help="write the table there too")
    asked = parser.parse_args()
    written = {path.stem.removeprefix("test_") for path in (HERE / "libraries").glob("test_*.py")}
    known = {library for libraries in LIBRARIES.values() for library in libraries}
    if unknown := set(asked.libraries) - known:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
    results = [
        run(library, environment)
        for environment, libraries in LIBRARIES.items()
        for library in libraries
        if library in written and (not asked.libraries or library in asked.libraries)
    ]
    print("\n" + table(results))
    if asked.table is not None:
        asked.table.write_text(table(results))
    return int(any(each.failed or not each.passed for each in results))


if __name__ == "__main__":
    sys.exit(main())
