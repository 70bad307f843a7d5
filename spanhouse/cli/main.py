"""What can be typed, and the exit codes: 0 done, 1 something is wrong, 2 cannot start, 130 interrupted.

An error that a person can cause is one sentence on stderr, never a traceback.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

import spanhouse
from spanhouse.settings import SETTINGS, SettingsError, read_settings
from spanhouse.terminal import Terminal

from . import keys, reprice, run
from .banner import announcement

_CANNOT_START = 2
_INTERRUPTED = 130

_UP = tuple(setting.name for setting in SETTINGS if setting.name != "collector")
_COLLECTOR = tuple(name for name in _UP if name not in ("port", "clickhouse_port"))
_QUERY = ("data", "clickhouse", "cluster", "collector", "host", "port", "clickhouse_port")

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    typed = _parser().parse_args(arguments)
    command: Command = typed.run
    try:
        return command(typed)
    except SettingsError as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone: not an error, and the flush at exit must not make it one.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="spanhouse",
        description="An OpenTelemetry-native observability backend on ClickHouse, embedded or a server.",
    )
    parser.add_argument("--version", action="version", version=f"spanhouse {spanhouse.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(
        name: str, run: Command, summary: str, settings: Sequence[str] = ()
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        for setting in SETTINGS:
            if setting.name in settings:
                fallback = "" if setting.default is None else f"; {setting.default} unless given"
                command.add_argument(
                    setting.flag,
                    metavar=setting.metavar,
                    help=f"{setting.help} [{setting.variable}{fallback}]",
                )
        return command

    add("up", _up, "Run everything in one process on this machine.", _UP)
    _add_demo_flags(
        add("demo", _demo, "Send a realistic mix of traces, logs and metrics to a running server.")
    )
    run.add_arguments(
        add("run", run.run, "Run a Python program with every library it uses traced.")
    )
    doctor = add(
        "doctor", _doctor, "Say what is wrong with ports, data directory and versions.", _UP
    )
    doctor.add_argument("--json", action="store_true", help="print JSON")
    mcp = add(
        "mcp", _mcp, "Answer a language model's tools on stdio, as a client of a running server."
    )
    mcp.add_argument(
        "--url", metavar="URL", help="of the server's page; http://127.0.0.1:7070 unless given"
    )
    mcp.add_argument("--project", default="", help="whose data; the server's default unless given")
    keys.add_arguments(add("keys", _keys, "Make, list and revoke API keys.", ("data",)))
    reprice.add_arguments(
        add("reprice", _reprice, "Put today's prices of models in place of the stored ones.", _UP)
    )
    add("collector", _collector, "Run only the OTLP doors, on a ClickHouse server.", _COLLECTOR)
    add("query", _query, "Run only the page and its API, on a ClickHouse server.", _QUERY)
    return parser


def _add_demo_flags(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--endpoint", metavar="URL", help="OTLP gRPC to send to; http://127.0.0.1:4317 unless given"
    )
    command.add_argument(
        "--page", metavar="URL", help="page to print links to; http://127.0.0.1:7070 unless given"
    )
    command.add_argument(
        "--count",
        type=_count,
        default=60,
        metavar="N",
        help="ordinary traces beside the notable ones; 60 unless given",
    )
    command.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help="make the same mix again, ids included: send a seed once per store",
    )
    command.add_argument(
        "--live", action="store_true", help="then keep sending, a trace a second, until Ctrl-C"
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 100000")
    return int(text)


def _up(typed: argparse.Namespace) -> int:
    return _serve(typed, "up", collector=True, query=True)


def _collector(typed: argparse.Namespace) -> int:
    return _serve(typed, "collector", collector=True, query=False)


def _query(typed: argparse.Namespace) -> int:
    return _serve(typed, "query", collector=False, query=True)


def _serve(typed: argparse.Namespace, name: str, *, collector: bool, query: bool) -> int:
    settings = read_settings(vars(typed), os.environ)
    if not settings.clickhouse and not (collector and query):
        raise SettingsError(
            f"`spanhouse {name}` needs --clickhouse URL: the two halves meet in a ClickHouse server; "
            "`spanhouse up` runs both on the embedded one"
        )
    # The core of gRPC writes its own lines to stderr about what we report in a sentence.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    try:
        from spanhouse import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "spanhouse":
            raise
        missing = f"`spanhouse {name}` needs {error.name}, which is not installed"
        return _refuse(f"{missing}: pip install 'spanhouse[server]'")
    out = Terminal(sys.stdout)

    def announce(doors: server.Doors) -> None:
        for line in announcement(doors, settings, out):
            out.print(line)

    try:
        exit_code = server.run(
            settings, server.Parts(collector, query), announce, Terminal(sys.stderr)
        )
    except server.StartError as error:
        return _refuse(str(error))
    if exit_code == 0:
        out.print("stopped; everything that was acknowledged is stored")
    return exit_code


def _demo(typed: argparse.Namespace) -> int:
    from spanhouse.demo import DemoError, run

    settings = read_settings({}, os.environ)
    try:
        return run(
            endpoint=typed.endpoint or f"http://{settings.host}:{settings.otlp_grpc_port}",
            page=typed.page or f"http://{settings.host}:{settings.port}",
            count=typed.count,
            seed=typed.seed,
            live=typed.live,
            terminal=Terminal(sys.stdout),
        )
    except DemoError as error:
        return _refuse(str(error), exit_code=1)


def _mcp(typed: argparse.Namespace) -> int:
    settings = read_settings({}, os.environ)
    try:
        from spanhouse.mcp.doors import serve_stdio
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "spanhouse":
            raise
        missing = f"`spanhouse mcp` needs {error.name}, which is not installed"
        return _refuse(f"{missing}: pip install 'spanhouse[server,mcp]'")
    serve_stdio(typed.url or f"http://{settings.host}:{settings.port}", typed.project)
    return 0


def _doctor(typed: argparse.Namespace) -> int:
    from spanhouse.doctor import examine, report

    checks = examine(read_settings(vars(typed), os.environ))
    out = Terminal(sys.stdout)
    for line in report(checks, out, as_json=typed.json):
        out.print(line)
    return 1 if any(check.status == "fail" for check in checks) else 0


def _keys(typed: argparse.Namespace) -> int:
    return keys.run(typed, Terminal(sys.stdout))


def _reprice(typed: argparse.Namespace) -> int:
    return reprice.run(typed, Terminal(sys.stdout))


def _refuse(sentence: str, exit_code: int = _CANNOT_START) -> int:
    terminal = Terminal(sys.stderr)
    terminal.print(f"{terminal.style('red', 'spanhouse:')} {sentence}")
    return exit_code
