"""Python, the packages a server is made of, and the built page."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import re
import sys
from collections.abc import Iterator

import spanhouse

from .check import Check

_OLDEST_PYTHON = (3, 11)
_INSTALL = "pip install 'spanhouse[server]'"
_PIECES = (
    "opentelemetry-sdk",
    "grpcio",
    "chdb",
    "clickhouse-connect",
    "fastapi",
    "uvicorn",
    "orjson",
    "pydantic-settings",
    "zstandard",
)
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?\s*>=\s*(?P<oldest>[\d.]+)")


def piece_checks() -> Iterator[Check]:
    """One check per piece."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= _OLDEST_PYTHON:
        yield Check("Python", "ok", version)
    else:
        yield Check("Python", "fail", version, "spanhouse needs Python 3.11 or newer")
    yield Check("spanhouse", "ok", spanhouse.__version__)
    oldest = _oldest_versions()
    for name in _PIECES:
        yield _piece(name, oldest.get(name))
    yield _page()


def _piece(name: str, oldest: str | None) -> Check:
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Check(name, "fail", "not installed", _INSTALL)
    if oldest is not None and _numbers(version) < _numbers(oldest):
        return Check(name, "fail", f"{version}, and {oldest} is needed", f"{_INSTALL} --upgrade")
    return Check(name, "ok", version)


def _page() -> Check:
    if importlib.resources.files("spanhouse.query").joinpath("static", "index.html").is_file():
        return Check("page", "ok", "built")
    return Check(
        "page", "warn", "not built: the API works, the page does not", "make page (in a checkout)"
    )


def _oldest_versions() -> dict[str, str]:
    """What our own metadata asks for; nothing where spanhouse runs from a checkout that is not installed."""
    try:
        requirements = importlib.metadata.requires("spanhouse") or []
    except importlib.metadata.PackageNotFoundError:
        return {}
    matches = (_REQUIREMENT.match(requirement) for requirement in requirements)
    return {match["name"]: match["oldest"] for match in matches if match}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version.split("+")[0])[:3])
