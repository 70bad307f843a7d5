"""`@clickhouse/client` from npm on a project."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.query.user_sql.conftest import Listening

FOLDER = Path(__file__).resolve().parents[2] / "node"


def test_the_node_client(clickhouse: Listening, node: Path) -> None:
    """Ping, rows, parameters, streams, sessions, formats and errors."""
    if not (FOLDER / "node_modules" / "@clickhouse").is_dir():
        pytest.fail(
            "tests/node has no packages; `make node` installs them (`make test` does it first)"
        )
    done = subprocess.run(
        [node, "clickhouse.mjs", clickhouse.url, "acme"],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    errors = {
        name: found.pop(name)
        for name in ("unknown", "syntax", "refused", "insert", "written", "late")
    }
    assert found == {
        "ping": True,
        "pingBySelect": True,
        "rows": [
            {"SpanName": f"acme-span-{number}", "Duration": number * 1_000_000}
            for number in (1, 2, 3)
        ],
        "queryId": 36,
        "whole": {"data": [{"n": 3}], "meta": [{"name": "n", "type": "UInt64"}], "rows": 1},
        "bound": [
            {
                "s": "it's \\ a\n\ttest",
                "n": -5,
                "a": ["x'y", "\\"],
                "d": "2026-01-02 03:04:05",
                "m": {"k": "v'w"},
            }
        ],
        "streamed": 200_000,
        "csv": '"x"\n1\n',
        "executed": "executed\n",
        "session": [{"x": 1}],
    }
    assert (errors["unknown"]["code"], errors["unknown"]["type"]) == ("47", "UNKNOWN_IDENTIFIER")
    assert errors["syntax"]["code"] == "62"
    assert errors["refused"]["code"] == "497"
    assert "the table function 'url' is not allowed" in errors["refused"]["message"]
    assert errors["insert"]["code"] == errors["written"]["code"] == "164"
    # Node forgets what it has not read yet when a connection breaks off, so it may only say so.
    assert errors["late"]["message"] == "aborted" or "throwIf" in errors["late"]["message"]
