"""`spanhouse run app.py`: run a program with `instrument()` called before its first line."""

from __future__ import annotations

import argparse
import os
import runpy
import sys
from pathlib import Path

from spanhouse.settings import SettingsError


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What to run, and how it is traced; everything else is in the environment variables of `instrument()`."""
    command.add_argument(
        "--endpoint", metavar="URL", help="OTLP over HTTP; http://127.0.0.1:4318 unless given"
    )
    command.add_argument("--project", metavar="NAME", help="the project on the server")
    command.add_argument(
        "--no-content", action="store_true", help="write no prompts, answers and arguments"
    )
    command.add_argument(
        "--report", action="store_true", help="say on stderr how each library is traced"
    )
    command.add_argument(
        "-m", dest="module", action="store_true", help="PROGRAM is a module, as for python -m"
    )
    command.add_argument("program", metavar="PROGRAM", help="a Python file, or a module with -m")
    command.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="...", help="the program's own arguments"
    )


def run(typed: argparse.Namespace) -> int:
    """Run the program in this process, as `python` would; its exit code is ours.

    Raises:
        SettingsError: there is no such file, or a variable of `instrument()` cannot be used.
    """
    from spanhouse.instrumentation.instrument import instrument
    from spanhouse.instrumentation.settings import InvalidSettings

    if not typed.module and not Path(typed.program).is_file():
        raise SettingsError(f"there is no file {typed.program!r}; a module is run with -m")
    sys.argv = [typed.program, *typed.arguments]
    # Where Python itself looks first for a program's own modules.
    sys.path.insert(0, str(Path.cwd() if typed.module else Path(typed.program).resolve().parent))
    content = False if typed.no_content else None
    name = typed.program if typed.module else Path(typed.program).stem
    try:
        report = instrument(
            typed.endpoint, project=typed.project, content=content, service_name=_service(name)
        )
    except InvalidSettings as error:
        raise SettingsError(str(error)) from error
    if typed.report:
        print(report, file=sys.stderr)
    if typed.module:
        runpy.run_module(typed.program, run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(typed.program, run_name="__main__")
    return 0


def _service(name: str) -> str | None:
    """The program's name, unless OTEL_SERVICE_NAME says another."""
    return None if os.environ.get("OTEL_SERVICE_NAME") else name
