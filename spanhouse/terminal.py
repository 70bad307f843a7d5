"""What the commands print: a little colour on a terminal, and progress for what takes longer than a second."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_SHOWN_AFTER_SECONDS = 1.0
_REDRAWN_EVERY_SECONDS = 0.2
_CLEAR_LINE = "\r\x1b[2K"
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


class Terminal:
    """One stream; plain text where it is not a terminal or NO_COLOR is set."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.is_live = stream.isatty()
        """Whether a line may be drawn over."""
        self._is_coloured = self.is_live and not os.environ.get("NO_COLOR")

    def print(self, text: str = "") -> None:
        """One line, visible at once."""
        print(text, file=self._stream, flush=True)

    def style(self, name: str, text: str) -> str:
        """`text` as `name` of `_STYLES`."""
        return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if self._is_coloured else text

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Show `title` and its detail while the block runs, if that takes longer than a second."""
        step = Step(title)
        finished = threading.Event()
        drawing = threading.Thread(target=self._draw, args=(step, finished), daemon=True)
        drawing.start()
        try:
            yield step
        finally:
            finished.set()
            drawing.join()

    def _draw(self, step: Step, finished: threading.Event) -> None:
        if finished.wait(_SHOWN_AFTER_SECONDS):
            return
        if not self.is_live:
            self.print(f"{step.title} ...")
        while not finished.wait(_REDRAWN_EVERY_SECONDS):
            if self.is_live:
                line = f"{step.title} ... {step.detail}".rstrip()
                self._stream.write(
                    f"{_CLEAR_LINE}{line} {self.style('dim', f'{step.seconds:.0f} s')}"
                )
                self._stream.flush()
        clear = _CLEAR_LINE if self.is_live else ""
        self.print(f"{clear}{step.title}: {step.seconds:.1f} s")


class Step:
    """Something under way."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.detail = ""
        """How far it is; may change while it runs."""
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._started


def plural(count: int, noun: str, nouns: str = "") -> str:
    """`1 span`, `5,000 spans`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def byte_size(size: float) -> str:
    """`980 B`, `1.2 MB`, `12 GB`: decimal, as disks are sold and `df -H` prints."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if size >= 10 or unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
