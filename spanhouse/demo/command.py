"""Sends the mix, says what was sent and where to look at it."""

from __future__ import annotations

import http.client
import random
import time
import urllib.error
import urllib.parse
import urllib.request

from spanhouse.terminal import Terminal, plural

from .measurements import measured
from .mix import Trace, mix, ordinary_now
from .sender import Sender, named_project
from .shop import FRONTEND

_LIVE_SECONDS = 1.0
_PAGE_SECONDS = 2.0


def run(
    *, endpoint: str, page: str, count: int, seed: int | None, live: bool, terminal: Terminal
) -> int:
    """Send; returns the exit code.

    Args:
        endpoint: OTLP gRPC.
        page: where the server's page is, for the links.
        count: ordinary traces.
        seed: of ids, shapes and durations; times are relative to now whatever the seed.
        live: whether to go on until interrupted.
        terminal: where to print.

    Raises:
        DemoError: the endpoint does not answer, or did not take everything.
    """
    dice = random.Random(seed)
    sender = Sender(endpoint, dice)
    try:
        now = time.time_ns()
        traces = mix(dice, count, now)
        notable = _send(sender, traces, terminal)
        sender.measure(FRONTEND, measured(dice, traces, sender.roots, now))
        _report(sender, len(traces), notable, page.rstrip("/"), terminal)
        if live:
            _go_on(sender, dice, terminal)
    finally:
        sender.close()
    return 0


def _send(sender: Sender, traces: list[Trace], terminal: Terminal) -> list[tuple[str, str]]:
    """Title and id of the notable ones, the latest first."""
    notable = []
    with terminal.step("sending") as step:
        for number, trace in enumerate(traces, 1):
            step.detail = f"{number} of {plural(len(traces), 'trace')}"
            trace_id = sender.send(trace)
            if trace.title:
                notable.append((trace.title, trace_id))
        sender.flush()
    return notable[::-1]


def _report(
    sender: Sender, traces: int, notable: list[tuple[str, str]], page: str, terminal: Terminal
) -> None:
    sent = f"{plural(traces, 'trace')} ({plural(sender.spans, 'span')})"
    terminal.print(
        f"Sent {sent}, {plural(sender.logs, 'log record')} and {plural(sender.points, 'metric point')} "
        f"to {sender.endpoint}; all acknowledged."
    )
    terminal.print()
    project = _in_project(named_project())
    for title, trace_id in notable:
        terminal.print(f"  {title}")
        terminal.print(f"  {terminal.style('cyan', f'{page}/trace/{trace_id}{project}')}")
        terminal.print()
    terminal.print(f"All of them: {terminal.style('cyan', f'{page}/{project}')}")
    if not _answers(page):
        terminal.print(f"No page answers at {page} now; name it with --page.")


def _in_project(name: str) -> str:
    """The end of an address of the page; it opens the project `default` without one."""
    return "" if name in ("", "default") else f"?project={urllib.parse.quote(name, safe='')}"


def _go_on(sender: Sender, dice: random.Random, terminal: Terminal) -> None:
    terminal.print()
    terminal.print("Sending a trace a second; Ctrl-C ends it.")
    begun, spans = time.monotonic(), sender.spans
    traces = 0
    try:
        while True:
            sender.send(ordinary_now(dice, time.time_ns()))
            sender.flush()
            traces += 1
            time.sleep(_LIVE_SECONDS * dice.uniform(0.3, 1.7))
    except KeyboardInterrupt:
        seconds = time.monotonic() - begun
        more = f"{plural(traces, 'trace')} ({plural(sender.spans - spans, 'span')})"
        terminal.print(f"\nSent {more} more in {seconds:.0f} s.")


def _answers(page: str) -> bool:
    try:
        with urllib.request.urlopen(f"{page}/healthz", timeout=_PAGE_SECONDS) as answer:
            return bool(answer.status == http.client.OK)
    except (OSError, ValueError, http.client.HTTPException):
        return False
