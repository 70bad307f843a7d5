"""Batches on disk: complete or not there, kept apart from their neighbours, and bounded by the disk."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanhouse.collector.otlp.envelope import Request, read_envelopes
from spanhouse.collector.otlp.refusal import Unavailable
from spanhouse.collector.otlp.signals import LOGS, SIGNALS, TRACES
from spanhouse.collector.spool import Spool
from spanhouse.collector.store.recovery import forget_unfinished_inserts, is_open

words = st.text(st.characters(codec="utf-8"), max_size=20)
requests = st.builds(
    Request, st.binary(max_size=50), words, words, words, st.integers(0, 2**64 - 1)
)


@given(st.lists(requests, max_size=5))
def test_any_bytes_are_read_back_whatever_stands_beside_them(sent: list[Request]) -> None:
    """A truncated body cannot swallow what follows, nor a hostile one set the envelope's fields."""
    with tempfile.TemporaryDirectory() as directory:
        pairs = [(request.request_id, request) for request in sent]
        file = Spool(Path(directory)).write(TRACES, pairs)
        assert list(read_envelopes(file.path)) == pairs


def test_the_id_of_a_request_is_its_bytes_and_its_project() -> None:
    """Not who sent it when: a retry comes from another connection at another time."""
    first = Request(b"body", "shop", "10.0.0.1 go", "grpc", 1)
    again = Request(b"body", "shop", "10.0.0.2 go", "http/protobuf", 2)
    assert first.request_id == again.request_id
    assert len(first.request_id) == 16
    others = [
        Request(b"body", "", "", "", 1),
        Request(b"bodyshop", "", "", "", 1),
        Request(b"", "shop", "", "", 1),
    ]
    assert len({first.request_id, *(other.request_id for other in others)}) == 4


@pytest.mark.parametrize("fsync", [False, True])
def test_a_file_is_there_when_it_is_complete(tmp_path: Path, fsync: bool) -> None:
    """Under its name and no other, and gone when removed."""
    spool = Spool(tmp_path / "a" / "spool", fsync=fsync)
    request = Request(b"body", "", "", "", 1)
    file = spool.write(LOGS, [(request.request_id, request)])
    assert [path.name for path in spool.directory.iterdir()] == [f"{file.batch_id}.logs"]
    assert spool.left_behind() == [file]
    spool.remove(file)
    spool.remove(file)
    assert spool.left_behind() == []


def test_what_is_left_behind_comes_oldest_first_without_what_was_not_finished(
    tmp_path: Path,
) -> None:
    """Unfinished files were never acknowledged; rewritten ones are made again; others' files are left alone."""
    spool = Spool(tmp_path)
    files = [spool.write(signal, []) for signal in SIGNALS.values()]
    for age, file in enumerate(files):
        os.utime(file.path, (time.time() - age, time.time() - age))
    spool.write(TRACES, [], files[0].batch_id + "-rewritten")
    (tmp_path / ("0" * 32 + ".traces.tmp")).write_bytes(b"cut o")
    (tmp_path / "README").write_text("not ours")
    assert spool.left_behind() == files[::-1]
    assert {path.name for path in tmp_path.iterdir()} == {f.path.name for f in files} | {"README"}


def test_a_disk_that_takes_no_file_is_unavailable(tmp_path: Path) -> None:
    """Whatever the reason; nothing unfinished stays."""
    spool = Spool(tmp_path / "spool")
    (spool.directory / "f.traces.tmp").mkdir()
    with pytest.raises(
        Unavailable, match=r"cannot write to the spool .*: Is a directory"
    ) as refused:
        spool.write(TRACES, [], "f")
    assert refused.value.retry_seconds == 30
    assert spool.free_bytes() > 0


def _table(directory: Path, log: str, *parts: str) -> Path:
    table = directory / "store" / "abc" / "abc-uuid"
    for part in parts:
        (table / part).mkdir(parents=True)
    path = table / "deduplication_logs" / "deduplication_log_1.txt"
    path.parent.mkdir(parents=True)
    path.write_text(log)
    (directory / "status").write_text("PID: 1\n")
    return path


def test_tokens_without_a_part_are_forgotten(tmp_path: Path) -> None:
    """Those of parts that were merged away, or are there, or were dropped, are kept."""
    kept = "1\tall_1_1_0\ta\n1\tall_2_2_0\tb\n1\t20261123_7_7_1\tc\n2\tall_9_9_0\td\n"
    orphans = "1\tall_4_4_0\te\n1\t20261123_1_1_0\tf\n1\tall_5_5_0\tcut off"
    log = _table(
        tmp_path, kept + orphans, "all_1_2_1", "20261123_7_7_1_12", "all_5_5_0", "detached"
    )
    assert forget_unfinished_inserts(tmp_path) == 3
    assert log.read_text() == kept
    assert forget_unfinished_inserts(tmp_path) == 0


def test_a_store_that_was_closed_or_is_open_is_left_alone(tmp_path: Path) -> None:
    """The engine deletes its lock file when it closes, and holds it while it is open."""
    log = _table(tmp_path, "1\tall_4_4_0\te\n")
    assert not is_open(tmp_path)
    with (tmp_path / "status").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert is_open(tmp_path)
        assert forget_unfinished_inserts(tmp_path) == 0
    (tmp_path / "status").unlink()
    assert not is_open(tmp_path)
    assert forget_unfinished_inserts(tmp_path) == 0
    assert log.read_text() == "1\tall_4_4_0\te\n"
