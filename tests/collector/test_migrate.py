"""The schema: made once, brought up from any earlier version with its rows, refused where it does not fit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from spanhouse.collector.otlp.envelope import Request
from spanhouse.collector.otlp.signals import TRACES
from spanhouse.collector.spool import Spool
from spanhouse.collector.store import SchemaError, Store, migrate
from spanhouse.collector.store.migrate import Migration, migrations
from spanhouse.collector.writer import Writer
from tests.conftest import GoldenCheck
from tests.flow.messages import traces


def test_a_fresh_store_gets_every_file_in_order_and_a_second_start_none(store: Store) -> None:
    """And says which before it applies it."""
    seen: list[int] = []
    done = migrate(store, lambda migration: seen.append(migration.number))
    assert seen == [migration.number for migration in done] == sorted({m.number for m in migrations()})
    assert migrate(store) == []
    rows = store.rows("SELECT Number, Name, Checksum FROM schema_migrations ORDER BY Number")
    assert [tuple(row.values()) for row in rows] == [
        (migration.number, migration.name, migration.checksum) for migration in migrations()
    ]


def test_every_file_may_be_applied_again(store: Store) -> None:
    """A start can be killed between a statement and its record."""
    migrate(store)
    for migration in migrations():
        store.command(migration.statement(None))


@pytest.mark.parametrize("behind", [1, 12, 25])
def test_an_older_store_keeps_its_rows(store: Store, tmp_path: Path, behind: int) -> None:
    """Without the last files, as an earlier version left it; the rows written then are there after the upgrade."""
    migrate(store)
    newest = migrations()[-behind:]
    for migration in reversed(newest):
        store.command(_undo(migration))
        store.command(
            f"ALTER TABLE schema_migrations DELETE WHERE Number = {migration.number}",
            {"mutations_sync": 1},
        )
    kept = {m.name for m in migrations()} - {m.name for m in newest}
    has_spans = {"otel_traces", "otel_traces_mv", "inbox_traces"} <= kept
    if has_spans:
        _store_spans(store, tmp_path, 3)
    assert [migration.number for migration in migrate(store)] == [m.number for m in newest]
    _store_spans(store, tmp_path, 2)
    assert store.rows("SELECT count() AS n FROM otel_traces") == [{"n": 5 if has_spans else 2}]
    assert store.rows("SELECT sum(Stored) AS n FROM ingest_ledger")[0]["n"] >= 2


def _undo(migration: Migration) -> str:
    found = re.search(
        r"CREATE (?:OR REPLACE )?(FUNCTION|TABLE|MATERIALIZED VIEW|VIEW) (?:IF NOT EXISTS )?(\w+)",
        migration.text,
    )
    assert found, f"{migration.name} creates neither a function nor a table nor a view"
    kind = {"FUNCTION": "FUNCTION"}.get(found[1], "TABLE")
    return f"DROP {kind} {found[2]}" + (" SYNC" if kind == "TABLE" else "")


def _store_spans(store: Store, tmp_path: Path, count: int) -> None:
    spool = Spool(tmp_path / "spool")
    request = Request(traces(count).SerializeToString(), "", "sender", "grpc", time.time_ns())
    batch = {request.request_id: request}
    Writer(store, spool).insert(spool.write(TRACES, batch.items()), batch)


def test_a_file_that_was_edited_after_it_was_applied_is_refused(store: Store) -> None:
    """The message names it."""
    migrate(store)
    sql = "ALTER TABLE schema_migrations UPDATE Checksum = 'other' WHERE Number = 14"
    store.command(sql, {"mutations_sync": 1})
    with pytest.raises(
        SchemaError, match=r"migration 0014 \(otel_traces\) was applied from another text"
    ):
        migrate(store)


def test_a_database_of_a_newer_version_is_refused(store: Store) -> None:
    """And nothing in it is touched."""
    migrate(store)
    store.insert(
        "schema_migrations", ["Number", "Name", "Checksum"], [[9999, "from_the_future", "x"]]
    )
    with pytest.raises(SchemaError, match=r"migration 9999 \(from_the_future\).*upgrade spanhouse"):
        migrate(store)


def test_a_second_store_on_the_directory_is_refused_in_one_sentence(
    store: Store, tmp_path: Path
) -> None:
    """By another process: this one has it open."""
    code = (
        "from spanhouse.collector.store import Store, StoreLocked\n"
        f"try: Store('chdb://{tmp_path}/clickhouse')\n"
        "except StoreLocked as error: print(error)\n"
    )
    root = str(Path(__file__).resolve().parents[2])
    second = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
        cwd=tmp_path,
    )
    assert second.stdout == (
        f"cannot open the data directory {tmp_path}/clickhouse: another process has it open "
        "(one `spanhouse up` per directory; stop it, or choose another with --data)\n"
    )
    assert store.rows("SELECT 1 AS one") == [{"one": 1}]


def test_the_statements_for_a_cluster(golden: GoldenCheck) -> None:
    """Every object on the cluster, every table replicated; reviewed in the diff."""
    statements = [f"-- {m.number:04d}\n{m.statement('main').rstrip()};\n" for m in migrations()]
    for statement in statements:
        assert "ON CLUSTER 'main'" in statement
        assert not re.search(r"ENGINE = (?!Null|Replicated)", statement)
        assert "non_replicated_deduplication_window" not in statement
    some = [text for text in statements if text.split()[1] in ("0001", "0016", "0017", "0024")]
    golden("sql/cluster.sql", "\n".join(some))
