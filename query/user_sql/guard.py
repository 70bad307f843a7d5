"""Whether a syntax tree may run: every kind of node, every field, every name is looked up in `allowed.py`.

The tree is ClickHouse's own (`parseQueryToJSON`), and it is the tree of the very text that runs. What is not known is
refused, so a mistake here costs a query that would have been harmless. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from spanhouse.collector.store import DATABASE

from ..errors import QueryError
from . import allowed

Node = dict[str, Any]

_PLAIN_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
# Its fields hold values, which have no `type`.
_VALUES = frozenset({"Literal", "SetQuery"})
# Their first argument is an aggregate function's name.
_BY_NAME = frozenset({"arrayreduce", "arrayreduceinranges", "initializeaggregation"})
# `x IN Events.Name`: an array, no table of a database.
_NESTED_COLUMNS = frozenset({"Events", "Links", "Exemplars", "ValueAtQuantiles"})


class SqlNotAllowed(QueryError):
    """The SQL is read, but may do what a user's SQL may not."""

    status = HTTPStatus.FORBIDDEN
    kind = "sql-not-allowed"
    title = "The SQL is not allowed"

    def __init__(self, what: str, why: str, name: str = "", *, writes: bool = False) -> None:
        super().__init__(f"cannot run the SQL: {what} is not allowed; {why}")
        self.writes = writes
        """Whether it is a statement that does more than read."""
        self.name = name
        """As the text may have it, to mark its place."""
        self.offset: int | None = None
        self.length = len(name)

    @property
    def extensions(self) -> dict[str, Any]:
        """Where, for a page that marks it."""
        return {} if self.offset is None else {"offset": self.offset, "length": self.length}


def nodes(node: Any) -> Iterator[Node]:
    """Every node of a tree, parents first."""
    if isinstance(node, dict):
        if "type" in node:
            yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for item in node:
            yield from nodes(item)


class Guard:
    """Checks trees against the allow list.

    Args:
        store_tables: every table of the store, so that none of them can be meant by a name that a query gives.
    """

    def __init__(self, store_tables: Iterable[str]) -> None:
        self._private = frozenset(store_tables) - frozenset(allowed.TABLES)

    def check(self, tree: Node) -> None:
        """Return if `tree` may run.

        Raises:
            SqlNotAllowed: it may not; the message says what is in it and what is possible instead.
        """
        if tree.get("type") not in ("SelectWithUnionQuery", "ExplainQuery"):
            raise SqlNotAllowed(
                f"a statement of the kind {tree.get('type')!r}",
                "one statement that reads is: SELECT, EXPLAIN, DESCRIBE, SHOW TABLES, EXISTS",
                writes=True,
            )
        given = frozenset(self._given_names(tree))
        tables = {id(node["table_function"]) for node in nodes(tree) if node.get("table_function")}
        for node in nodes(tree):
            self._check_node(node)
            check = getattr(self, f"_check_{node['type']}", None)
            if check is not None and id(node) not in tables:
                check(node, given)

    def _given_names(self, tree: Node) -> Iterator[str]:
        """The names that the query itself gives to subqueries (WITH)."""
        for node in nodes(tree):
            if node["type"] != "WithElement":
                continue
            name = node.get("name", "")
            if not _PLAIN_NAME.fullmatch(name) or name in self._private:
                raise SqlNotAllowed(
                    f"the name {name!r} in WITH",
                    "a plain name that no table has is: letters, digits and _",
                    name,
                )
            yield name

    def _check_node(self, node: Node) -> None:
        kind = node["type"]
        fields = allowed.SYNTAX.get(kind)
        if fields is None:
            raise SqlNotAllowed(f"syntax of the kind {kind!r}", "this server has no use for it")
        if str(node.get("alias", "")).startswith(f"{DATABASE}."):
            # The engine's filter would take it for the table of that name.
            raise SqlNotAllowed(
                f"the alias {node['alias']!r}", "an alias without a database is", node["alias"]
            )
        for field, value in node.items():
            if field not in fields:
                raise SqlNotAllowed(*_FIELDS.get(field, (f"{field!r} of a {kind!r}", _LEAVE_OUT)))
            if kind not in _VALUES and not _is_syntax(value):
                raise SqlNotAllowed(f"{field!r} of a {kind!r} as it stands", _LEAVE_OUT)

    def _check_TableExpression(self, node: Node, given: frozenset[str]) -> None:
        if function := node.get("table_function"):
            name = str(function["name"])
            if name.lower() not in allowed.TABLE_FUNCTIONS:
                raise SqlNotAllowed(
                    f"the table function {name!r}",
                    "these are: " + ", ".join(sorted(allowed.TABLE_FUNCTIONS)),
                    name,
                )
            self._check_structure(function)

    def _check_structure(self, function: Node) -> None:
        """The first argument of `values` may name the types of its columns."""
        for argument in function.get("arguments", {}).get("children", [])[:1]:
            if argument["type"] == "Literal":
                self._check_type(str(argument["value"].get("value", "")))
            elif function["name"].lower() == "values" and argument.get("name") != "tuple":
                raise SqlNotAllowed(
                    "a structure that is computed, in values", "one written out is", "values"
                )

    def _check_Function(self, node: Node, given: frozenset[str]) -> None:
        name = str(node["name"])
        if not allowed.is_function(name):
            raise SqlNotAllowed(
                f"the function {name!r}",
                "functions that depend on their arguments alone are (GET /api/sql/schema lists them)",
                name,
            )
        if name.lower() in _BY_NAME:
            self._check_named(node)
        if name.lower() in allowed.TYPE_FUNCTIONS:
            self._check_type_named(node)
        if name.lower() in allowed.IN_FUNCTIONS:
            for argument in node.get("arguments", {}).get("children", [])[1:]:
                # ClickHouse takes a name there for a table's where it is one.
                if argument.get("type") == "Identifier":
                    self._check_in(_parts(argument), given)

    def _check_named(self, node: Node) -> None:
        """The aggregate function that the first argument names."""
        arguments = node.get("arguments", {}).get("children", [])
        named = arguments[0].get("value", {}).get("value") if arguments else None
        function = str(named).partition("(")[0].strip() if isinstance(named, str) else ""
        if not allowed.is_function(function):
            raise SqlNotAllowed(
                f"{node['name']} of {function!r}",
                "the name of an aggregate function that is allowed, as text, is",
                str(node["name"]),
            )

    def _check_type_named(self, node: Node) -> None:
        """The second argument names a type: as it stands, so that it is known before anything runs."""
        arguments = node.get("arguments", {}).get("children", [])
        for argument in arguments[1:2]:
            if argument.get("type") != "Literal":
                raise SqlNotAllowed(
                    f"a type that is computed, in {node['name']}", "a type written out is", "CAST"
                )
            self._check_type(str(argument["value"].get("value", "")))

    def _check_type(self, written: str) -> None:
        # ClickHouse reads the bytes of a state as they come, and not every function's reader doubts them.
        if "aggregatefunction" in written.lower():
            raise SqlNotAllowed(
                f"a value of the type {written!r} made from text",
                "states come from -State functions and columns",
                written,
            )

    def _check_in(self, parts: list[str], given: frozenset[str]) -> None:
        is_column = len(parts) == 1 and parts[0] not in self._private
        if not is_column and parts[0] not in _NESTED_COLUMNS:
            self._check_table(parts, given)

    def _check_ColumnsApplyTransformer(self, node: Node, given: frozenset[str]) -> None:
        name = node.get("func_name")
        if name is not None and not allowed.is_function(str(name)):
            raise SqlNotAllowed(
                f"the function {name!r} in APPLY", "functions of expressions are", str(name)
            )

    def _check_TableIdentifier(self, node: Node, given: frozenset[str]) -> None:
        self._check_table(_parts(node), given)

    def _check_table(self, parts: list[str], given: frozenset[str]) -> None:
        match parts:
            case [name] if name in given or name in allowed.TABLES:
                return
            case [database, name] if database == DATABASE:
                if name in allowed.TABLES or name in allowed.SYSTEM_VIEWS.values():
                    return
            case ["system", name] if name in allowed.SYSTEM_TABLES:
                return
        written = ".".join(parts)
        raise SqlNotAllowed(
            f"the table {written!r}",
            f"these are: {', '.join(allowed.TABLES)} (SHOW TABLES lists them)",
            written,
        )

    def _check_SetQuery(self, node: Node, given: frozenset[str]) -> None:
        for change in node["changes"]:
            if change["name"] not in allowed.EXPLAIN_SETTINGS:
                raise SqlNotAllowed(
                    f"the setting {change['name']!r} here",
                    "settings stand at the end of the whole statement; of EXPLAIN's, those that count other rows "
                    "than the project's are refused",
                    change["name"],
                )

    def _check_ExplainQuery(self, node: Node, given: frozenset[str]) -> None:
        if node["kind"] not in allowed.EXPLAIN_KINDS:
            raise SqlNotAllowed(
                str(node["kind"]), "these are: " + ", ".join(sorted(allowed.EXPLAIN_KINDS))
            )


_LEAVE_OUT = "write the query without it"
_FIELDS = {
    "out_file": ("INTO OUTFILE", "the answer is sent to you; choose its form with FORMAT"),
    "settings": (
        "SETTINGS inside a query",
        "settings stand at the end of the whole statement",
    ),
}


def _is_syntax(value: Any) -> bool:
    """Whether a field holds a name, a number, or nodes that are checked themselves."""
    if isinstance(value, dict):
        return "type" in value
    if isinstance(value, list):
        return all(isinstance(item, str) or _is_syntax(item) for item in value)
    return True


def _parts(node: Node) -> list[str]:
    return list(node.get("name_parts") or [node.get("name", "")])
