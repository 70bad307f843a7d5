"""The front door of spanhouse: the names people use, each loaded when it is first asked for.

Importing this package loads nothing but the standard library, because it happens inside other
people's programs; `tests/layers` holds that. A public name goes into `_LAZY` and `__all__`, and
into a TYPE_CHECKING import so that checkers see it.
"""

import os
import typing
from importlib import import_module

if typing.TYPE_CHECKING:
    from spanhouse.instrumentation.by_hand import feedback, span, trace
    from spanhouse.instrumentation.context import session, tags, user
    from spanhouse.instrumentation.instrument import flush, instrument, uninstrument

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "feedback",
    "flush",
    "instrument",
    "session",
    "span",
    "tags",
    "trace",
    "uninstrument",
    "user",
]

_LAZY: dict[str, str] = {
    "instrument": "spanhouse.instrumentation.instrument",
    "uninstrument": "spanhouse.instrumentation.instrument",
    "flush": "spanhouse.instrumentation.instrument",
    "session": "spanhouse.instrumentation.context",
    "user": "spanhouse.instrumentation.context",
    "tags": "spanhouse.instrumentation.context",
    "trace": "spanhouse.instrumentation.by_hand",
    "span": "spanhouse.instrumentation.by_hand",
    "feedback": "spanhouse.instrumentation.by_hand",
}
"""Public name -> the module that defines it."""

_here = os.path.dirname(os.path.abspath(__file__))
_collector = os.path.join(_here, "collector")
if os.path.islink(_collector) or not os.path.isdir(_collector):
    # A checkout or an unpacked sdist (a wheel holds real folders here): the parts are the folders
    # at the root. Found there first, they never come through the symlinks: adr-0001-layout.md.
    __path__.insert(0, os.path.dirname(_here))


def __getattr__(name: str) -> object:
    """Load the public name `name` from the module `_LAZY` gives for it (PEP 562)."""
    if (module := _LAZY.get(name)) is None:
        raise AttributeError(f"module 'spanhouse' has no attribute {name!r}")
    value: object = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every public name, loaded or not."""
    return sorted(__all__)
