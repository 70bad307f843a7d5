"""Whether the store opens and how far its schema is, asked in a process of its own.

A damaged directory can end the process that opens it, and an engine in ours would keep the directory locked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from spanhouse import data_directory, ports
from spanhouse.settings import ServerSettings, clickhouse_address

from .check import Check

_SECONDS = 60
_NOT_READ = "not read, since another process has the directory open"


def schema_check(settings: ServerSettings) -> Iterator[Check]:
    """The server that answers, if --clickhouse names one, and the schema, where there is a store."""
    if settings.clickhouse is None:
        if not settings.clickhouse_directory.is_dir():
            return
        if data_directory.is_held(settings.data):
            yield Check("schema", "ok", _NOT_READ)
            return
        yield _schema(_ask(settings.dsn))
    else:
        yield from _server(settings.clickhouse)


def _server(url: str) -> Iterator[Check]:
    address = urlsplit(url).netloc.rpartition("@")[2]
    reason = ports.why_unreachable(*clickhouse_address(url))
    answer = {"error": reason} if reason else _ask(url)
    if "error" in answer:
        found = f"{address}: {answer['error']}"
        yield Check("ClickHouse", "fail", found, "start that server, or correct --clickhouse")
    else:
        yield Check("ClickHouse", "ok", f"{answer['version']} answers at {address}")
        yield _schema(answer)


def _schema(answer: dict[str, Any]) -> Check:
    if "error" in answer:
        return Check(
            "schema",
            "fail",
            answer["error"],
            "restore the directory, or choose another with --data",
        )
    found, needed = answer["applied"], answer["needed"]
    if answer["unknown"]:
        return Check(
            "schema", "fail", f"{found}, and this version knows {needed}", "upgrade spanhouse"
        )
    if answer["edited"]:
        numbers = ", ".join(f"{number:04d}" for number in answer["edited"])
        advice = "start with an empty --data directory, or install the version that made it"
        return Check("schema", "fail", f"made by a development version: {numbers} differ", advice)
    if found < needed:
        return Check("schema", "ok", f"{found} of {needed}, the next start applies the rest")
    return Check("schema", "ok", f"{found} of {needed}, up to date")


def _ask(dsn: str) -> dict[str, Any]:
    """What `main` below prints, or `error`."""
    # Given by the environment: a process list would show the password.
    environment = {**os.environ, "SPANHOUSE_DOCTOR_DSN": dsn}
    try:
        asked = subprocess.run(
            [sys.executable, "-m", __name__],
            env=environment,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"does not open within {_SECONDS} s"}
    try:
        answer: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        last = (asked.stderr.strip().splitlines() or [f"exit code {asked.returncode}"])[-1]
        return {"error": f"cannot be opened: {last}"}
    return answer


def main() -> None:
    """Print one line of JSON: version, and the numbers of migrations applied, needed, unknown and edited."""
    from clickhouse_connect import get_client
    from clickhouse_connect.driver.exceptions import ClickHouseError

    from spanhouse.collector.store.connection import DATABASE
    from spanhouse.collector.store.migrate import migrations

    dsn = os.environ["SPANHOUSE_DOCTOR_DSN"]
    parts = urlsplit(dsn)
    try:
        # Not a Store, which makes the database where there is none.
        client = (
            get_client(interface="chdb", path=parts.path)
            if parts.scheme == "chdb"
            else get_client(dsn=dsn, connect_timeout=5)
        )
        table = f"{DATABASE}.schema_migrations"
        exists = client.query(f"EXISTS TABLE {table}").result_rows[0][0]
        rows = client.query(f"SELECT Number, Checksum FROM {table}").result_rows if exists else []
    except (ClickHouseError, OSError) as error:
        print(json.dumps({"error": str(error).splitlines()[0]}))
        return
    known = {migration.number: migration.checksum for migration in migrations()}
    applied = {int(number): str(checksum) for number, checksum in rows}
    answer = {
        "version": client.server_version,
        "applied": len(applied),
        "needed": len(known),
        "unknown": sorted(set(applied) - set(known)),
        "edited": sorted(n for n in set(applied) & set(known) if applied[n] != known[n]),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
