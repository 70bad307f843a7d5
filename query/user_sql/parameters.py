"""Values of `{name:Type}` as nodes of the syntax tree, so that no value is ever part of a text."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from ..errors import InvalidQuestion

Node = dict[str, object]
Parameters = Mapping[str, object]
"""Text in ClickHouse's form for the type, `Escaped` text, None for NULL, or Python's numbers, lists and dicts."""

# Their text has quotes of its own.
_NESTED = ("Array(", "Map(", "Tuple(", "Nested(", "JSON", "Variant(", "Dynamic")

_ESCAPES = {"b": "\b", "f": "\f", "r": "\r", "n": "\n", "t": "\t", "0": "\0", "a": "\a", "v": "\v"}
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|.)", re.DOTALL)


class Escaped(str):
    """Text in the escapes of TabSeparated, as ClickHouse's HTTP interface takes it; `\\N` is NULL."""

    __slots__ = ()

    def plain(self) -> str | None:
        """Without them."""
        return None if self == "\\N" else _ESCAPE.sub(_character, self)


def value(name: str, wanted: str, given: object) -> Node:
    """What stands for `{name:wanted}`: a literal, cast to the type as ClickHouse does.

    Raises:
        InvalidQuestion: a map that cannot be read.
    """
    text = _text(wanted, given)
    if text is None:
        found: Node = {"type": "Literal", "value": {"field_type": "Null"}}
    elif wanted == "String":
        return string(text)
    elif wanted.startswith("Map("):
        found = _map(name, text)
    else:
        found = string(text)
    return call("CAST", found, string(wanted))


def string(text: str) -> Node:
    """A literal."""
    return {"type": "Literal", "value": {"field_type": "String", "value": text}}


def call(name: str, *arguments: Node) -> Node:
    """A call of a function."""
    children = {"type": "ExpressionList", "children": list(arguments)}
    return {"type": "Function", "name": name, "arguments": children}


def identifier(given: object) -> str:
    """The text of a value that is to be a name."""
    return _text("Identifier", given) or ""


def _text(wanted: str, given: object) -> str | None:
    if isinstance(given, Escaped):
        return str(given) if wanted.startswith(_NESTED) else given.plain()
    if given is None or isinstance(given, str):
        return given
    return _nested(given)


def _nested(given: object) -> str:
    if isinstance(given, bool):
        return "true" if given else "false"
    if given is None:
        return "NULL"
    if isinstance(given, str):
        return "'" + given.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(given, Mapping):
        entries = (f"{_nested(key)}:{_nested(item)}" for key, item in given.items())
        return "{" + ",".join(entries) + "}"
    if isinstance(given, Sequence):
        return "[" + ",".join(map(_nested, given)) + "]"
    return str(given)


def _map(name: str, text: str) -> Node:
    """`{'key': value}` as a call of map(): ClickHouse casts no text to a Map."""
    try:
        found = ast.literal_eval(text)
        items = [item for entry in found.items() for item in entry]
    except (ValueError, SyntaxError, AttributeError, MemoryError, RecursionError):
        raise InvalidQuestion(
            f"cannot run the SQL: the parameter {name!r} is {text[:100]!r}, which is no map; write it as "
            "{'key': 'value'}"
        ) from None
    return call("map", *(string(str(item)) for item in items))


def _character(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if len(code) == 3 else _ESCAPES.get(code, code)
