"""The libraries that are traced, one module each; loaded only for those that are installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..engine import Library

DISTRIBUTIONS: Final[dict[str, str]] = {
    "ag2": "ag2",
    "autogen": "autogen-core",
    "crewai": "crewai",
    "openai": "openai",
    "semantic_kernel": "semantic-kernel",
    "smolagents": "smolagents",
}
"""Name of the library, and of its module here -> its distribution on PyPI."""


def load(name: str) -> Library:
    """The library `name` of DISTRIBUTIONS."""
    library: Library = import_module(f".{name}", __name__).LIBRARY
    return library
