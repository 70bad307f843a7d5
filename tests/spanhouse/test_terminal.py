"""Progress: nothing for what is quick, a line for what is not, drawn over itself on a terminal."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import time

from spanhouse.terminal import Terminal, byte_size, plural
from tests.spanhouse.command import environment

SLOW_STEP = """
import sys, time
from spanhouse.terminal import Terminal
with Terminal(sys.stdout).step("working") as step:
    step.detail = "1 of 2"
    time.sleep(1.5)
"""


def test_what_takes_less_than_a_second_prints_nothing() -> None:
    """A start that is quick stays calm."""
    out = io.StringIO()
    with Terminal(out).step("working"):
        pass
    assert out.getvalue() == ""


def test_what_takes_longer_prints_when_it_began_and_how_long_it_took() -> None:
    """Into a log: a line each, no control characters."""
    out = io.StringIO()
    with Terminal(out).step("working"):
        time.sleep(1.2)
    assert re.fullmatch(r"working \.\.\.\nworking: 1\.\d s\n", out.getvalue())


def test_on_a_terminal_the_detail_is_drawn_over() -> None:
    """On a real one: the detail appears, and the last line stands alone."""
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", SLOW_STEP], stdout=theirs, env=environment(), check=True)
    os.close(theirs)
    written = os.read(ours, 65536)
    os.close(ours)
    text = written.decode()
    assert "working ... 1 of 2" in text
    assert re.fullmatch(r"working: 1\.\d s", text.rstrip().rpartition("\x1b[2K")[2])


def test_counts_and_sizes_read_as_words() -> None:
    """In the units people use."""
    assert [plural(1, "batch", "batches"), plural(5000, "span")] == ["1 batch", "5,000 spans"]
    assert [byte_size(n) for n in (0, 980, 1200, 82e9)] == ["0 B", "980 B", "1.2 kB", "82 GB"]
