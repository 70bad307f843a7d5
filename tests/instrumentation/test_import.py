"""What spanhouse loads into a program, and how much of it: nothing at its import, little at `instrument()`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS_MAY_LOAD = {
    "spanhouse", "opentelemetry", "wrapt",
    # Of OpenTelemetry's SDK and its HTTP exporter.
    "google", "requests", "urllib3", "idna", "certifi", "charset_normalizer", "typing_extensions", "psutil",
    "importlib_metadata", "zipp", "brotli", "brotlicffi", "zstandard", "backports", "h2", "chardet", "socks",
}  # fmt: skip


def told(program: str, **variables: str) -> Any:
    """What `program` prints as JSON, in a bare interpreter that finds this checkout."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SPANHOUSE_", "OTEL_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env={**clean, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return json.loads(done.stdout)


LOADED = """
import json, sys
before = set(sys.modules)
{}
new = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(json.dumps(sorted(name for name in new if name not in sys.stdlib_module_names)))
"""


def test_the_import_loads_nothing_but_itself() -> None:
    assert told(LOADED.format("import spanhouse")) == ["spanhouse"]


def test_instrument_imports_no_library_that_it_traces() -> None:
    program = "import spanhouse\nspanhouse.instrument()\nspanhouse.uninstrument()"
    loaded = set(
        told(
            LOADED.format(program),
            OTEL_TRACES_EXPORTER="none",
            OTEL_METRICS_EXPORTER="none",
            OTEL_LOGS_EXPORTER="none",
        )
    )
    assert {"opentelemetry", "spanhouse", "wrapt"} <= loaded
    assert loaded - OURS_MAY_LOAD == set()
    exporting = set(told(LOADED.format(program)))
    exporting.discard("cython_runtime")  # A stand-in that compiled modules register.
    assert {
        name.strip("_") for name in exporting if not name.startswith("_")
    } - OURS_MAY_LOAD == set()
