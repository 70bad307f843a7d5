"""API keys on the command line, with the command itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def _keys(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "spanhouse.cli", "keys", "--data", str(data), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_a_key_is_printed_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    created = _keys(tmp_path, "create", "ci", "--project", "shop")
    secret = created.stdout.strip()
    assert (created.returncode, secret[:4]) == (0, "shk_")
    listed = _keys(tmp_path, "list").stdout
    assert listed.startswith("ci  shop  ")
    assert secret not in listed + (tmp_path / "api-keys.json").read_text()


def test_a_name_is_given_once_and_a_revoked_key_is_gone(tmp_path: Path) -> None:
    _keys(tmp_path, "create", "ci")
    again = _keys(tmp_path, "create", "ci")
    assert again.returncode == 2
    assert "one of this name exists" in again.stderr
    assert _keys(tmp_path, "revoke", "ci").returncode == 0
    assert _keys(tmp_path, "list").stdout == ""
    missing = _keys(tmp_path, "revoke", "ci")
    assert missing.returncode == 2
    assert "no key has this name" in missing.stderr
