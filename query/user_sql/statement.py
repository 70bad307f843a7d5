"""A user's SQL as the text that runs: parsed by ClickHouse, checked, written anew.

The user's text is only ever a parameter. What runs is written by ClickHouse from the syntax tree, and it is the tree of
that writing that is checked: no comment, quote or second statement reaches the engine.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from spanhouse.collector.store import DATABASE, Store, StoreError

from ..errors import InvalidQuestion
from . import allowed
from .errors import UNSUPPORTED, invalid_sql
from .guard import Guard, Node, SqlNotAllowed, nodes
from .parameters import Parameters, identifier, string, value

_PARSE = "SELECT parseQueryToJSON({query:String})"
_REWRITE = (
    "WITH formatQueryFromJSON({tree:String}) AS text SELECT text, parseQueryToJSON(text) AS tree"
)
_CANONICAL = "SELECT formatQuerySingleLine({query:String})"

_NAME = r"`?(\w+)`?"
_TABLE_STATEMENT = re.compile(
    rf"(DESCRIBE TABLE|EXISTS TABLE|EXISTS|SHOW CREATE TABLE) (?:{_NAME}\.)?{_NAME}(?: FORMAT (\w+))?",
    re.ASCII,
)
_DESCRIBED_QUERY = re.compile(r"DESCRIBE TABLE \((.*)\)(?: FORMAT (\w+))?", re.ASCII | re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)?", re.ASCII)


@dataclass(frozen=True)
class Statement:
    """What runs."""

    text: str
    """Without FORMAT and SETTINGS; safe to append them."""
    format: str | None = None
    """As the user's FORMAT names it."""
    settings: dict[str, Any] = field(default_factory=dict)
    """The user's, all of them allowed."""


class Statements:
    """Makes statements of users' SQL.

    Args:
        store: whose parser is asked; two questions of about a millisecond each.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        names = store.rows(
            "SELECT name FROM system.tables WHERE database = {name:String}", {"name": DATABASE}
        )
        self._guard = Guard(row["name"] for row in names)

    def prepare(self, sql: str, parameters: Parameters, project: str) -> Statement:
        """Check `sql`, one statement, and write it as it runs.

        Args:
            sql: what a user typed; a `;` at its end is taken.
            parameters: of the statement; of type Identifier they are put in here.
            project: what `currentUser()` answers.

        Raises:
            InvalidSql: ClickHouse cannot read it.
            SqlNotAllowed: it may do what a user's SQL may not.
        """
        try:
            return self._prepare(sql, parameters, project)
        except SqlNotAllowed as error:
            if error.name and (found := re.search(rf"(?<!\w){re.escape(error.name)}(?!\w)", sql)):
                error.offset = found.start()
            raise

    def _prepare(self, sql: str, parameters: Parameters, project: str) -> Statement:
        try:
            tree = _tree(self._ask(_PARSE, {"query": sql}))
        except StoreError as error:
            if error.code == UNSUPPORTED and "parseQueryToJSON" in str(error):
                return self._prepare_other(sql, parameters, project)
            raise invalid_sql(error, sql) from error
        if tree["type"] == "ShowTablesQuery":
            return _show(tree)
        taken, settings = _take_tail(tree)
        _rewrite(tree, parameters, project)
        text = self._write(tree)
        return Statement(text, _checked_format(taken), settings)

    def _write(self, tree: Node) -> str:
        # What cannot be told from the tree that came in is refused before ClickHouse sees it again.
        self._guard.check(tree)
        written = json.dumps(tree, ensure_ascii=False)
        line = self._store.raw(_REWRITE, {"tree": written}, fmt="JSONEachRow")
        row = json.loads(line)
        self._guard.check(_tree(row["tree"]))
        return str(row["text"])

    def _prepare_other(self, sql: str, parameters: Parameters, project: str) -> Statement:
        """Of statements that ClickHouse writes no tree of, those that describe tables."""
        line = self._ask(_CANONICAL, {"query": sql}).strip()
        if match := _TABLE_STATEMENT.fullmatch(line):
            verb, database, table, name = match.groups()
            return Statement(_about_table(verb, database, table), _checked_format(name))
        if match := _DESCRIBED_QUERY.fullmatch(line):
            inner = self._prepare(match[1], parameters, project)
            text = f"DESCRIBE TABLE ({inner.text})"
            return Statement(text, _checked_format(match[2]))
        first = " ".join(line.split()[:2])
        raise SqlNotAllowed(
            f"a statement that begins with {first!r}",
            "one statement that reads is: SELECT, EXPLAIN, DESCRIBE, SHOW TABLES, EXISTS",
            line.split()[0],
            writes=True,
        )

    def _ask(self, question: str, parameters: dict[str, str]) -> str:
        body = self._store.raw(question, parameters, fmt="TSVRaw")
        try:
            return body.decode()
        except UnicodeDecodeError:
            raise SqlNotAllowed(
                "text that is not UTF-8 in a literal", "write bytes as unhex('...')"
            ) from None


def _tree(text: str) -> Node:
    tree: Node = json.loads(text)
    return tree


def _take_tail(tree: Node) -> tuple[str | None, dict[str, Any]]:
    """FORMAT and SETTINGS of the whole statement, taken out of its tree."""
    whole = [tree, tree["query"]] if isinstance(tree.get("query"), dict) else [tree]
    name: str | None = None
    settings: dict[str, Any] = {}
    for statement in whole:
        identifier = statement.pop("format_ast", None)
        name = identifier["name"] if identifier else name
        selects = statement.get("list_of_selects", {}).get("children", [])
        taken = [select.pop("settings", None) for select in selects]
        for changes in [*taken, statement.pop("settings_ast", None)]:
            if changes is not None:
                settings |= _settings(changes)
    return name, settings


def _settings(node: Node) -> dict[str, Any]:
    found = {}
    if extra := set(node) - {"type", "changes"}:
        raise SqlNotAllowed(f"SETTINGS with {', '.join(sorted(extra))}", "name = value is")
    for change in node["changes"]:
        name, value = change["name"], change.get("value", {}).get("value")
        if name not in allowed.SETTINGS or not isinstance(value, str | int | float):
            raise SqlNotAllowed(
                f"the setting {name!r}",
                "settings that change how an answer is computed or written are, not what it may read or cost",
                name,
            )
        found[name] = value
    return found


def _checked_format(name: str | None) -> str | None:
    if name is not None and name not in allowed.FORMATS:
        raise SqlNotAllowed(
            f"FORMAT {name}", "these are: " + ", ".join(sorted(allowed.FORMATS)), name
        )
    return name


def _rewrite(tree: Node, parameters: Parameters, project: str) -> None:
    """Put in what the tree leaves open: names given as parameters, views for `system`, who asks."""
    for node in nodes(tree):
        kind = node["type"]
        if kind in ("Identifier", "TableIdentifier"):
            _fill_in(node, parameters)
            parts = node.get("name_parts", [])
            if len(parts) > 1 and parts[0] == "system" and parts[1] in allowed.SYSTEM_VIEWS:
                _show_view(node, parts)
        elif kind == "QueryParameter":
            _put_in(node, parameters)
        elif kind == "Function" and not node.get("arguments", {}).get("children"):
            told = {"currentuser": project, "user": project, "displayname": "spanhouse"}
            if (name := node["name"]).lower() in told:
                alias = node.get("alias") or f"{name}()"
                node.clear()
                node |= string(told[name.lower()]) | {"alias": alias}


def _put_in(node: Node, parameters: Parameters) -> None:
    """`{name:Type}` becomes its value, as ClickHouse does it; no driver touches the text."""
    name, wanted, alias = node["name"], str(node["param_type"]), node.get("alias")
    if name not in parameters:
        raise InvalidQuestion(
            f"cannot run the SQL: the parameter {name!r} of {{{name}:{wanted}}} has no value; send one"
        )
    found = value(name, wanted, parameters[name])
    node.clear()
    node |= found
    if alias:
        node["alias"] = alias


def _fill_in(node: Node, parameters: Parameters) -> None:
    """`{name:Identifier}` becomes the name, so that it is checked like one that is written out."""
    children = node.pop("children", None)
    if not children:
        return
    for child in children:
        given = identifier(parameters.get(child.get("name", "")))
        if child.get("param_type") != "Identifier" or len(children) != 1 or "name_parts" in node:
            raise SqlNotAllowed(
                "a name made of several parameters", "one parameter is, as {t:Identifier}"
            )
        if not _IDENTIFIER.fullmatch(given):
            raise SqlNotAllowed(
                f"the name {given!r} for {{{child.get('name', '')}:Identifier}}",
                "letters, digits and _ are",
            )
        node["name"] = given
        if "." in given:
            node["name_parts"] = given.split(".")


def _show_view(node: Node, parts: list[str]) -> None:
    if node["type"] == "TableIdentifier":
        view = allowed.SYSTEM_VIEWS[parts[1]]
        node |= {"name": f"{DATABASE}.{view}", "name_parts": [DATABASE, view]}
        node.setdefault("alias", parts[1])
    else:
        rest = parts[1:]
        node["name"] = ".".join(rest)
        node["name_parts"] = rest
        if len(rest) == 1:
            del node["name_parts"]


def _about_table(verb: str, database: str | None, table: str) -> str:
    is_known = (database or DATABASE) == DATABASE and table in allowed.TABLES
    if verb.startswith("EXISTS"):
        return f"SELECT toUInt8({int(is_known)}) AS result"
    if database == "system" and table in allowed.SYSTEM_VIEWS:
        table, is_known = allowed.SYSTEM_VIEWS[table], True
    if database == "system" and table in allowed.SYSTEM_TABLES:
        return f"{verb} system.{table}"
    if not is_known:
        raise SqlNotAllowed(
            f"the table {table!r}", f"these are: {', '.join(allowed.TABLES)}", table
        )
    return f"{verb} {DATABASE}.{table}"


_SHOW_FIELDS = frozenset(
    {"type", "databases", "full", "from", "like", "not_like", "case_insensitive_like"}
    | {"limit_length", "format_ast", "is_into_outfile_with_stdout", "is_outfile_append"}
    | {"is_outfile_truncate"}
)


def _show(tree: Node) -> Statement:
    """SHOW TABLES and SHOW DATABASES as a query of the views."""
    if extra := set(tree) - _SHOW_FIELDS:
        raise SqlNotAllowed(
            f"SHOW with {', '.join(sorted(extra))}", "SHOW TABLES and SHOW DATABASES are", "SHOW"
        )
    name_format = tree.get("format_ast", {}).get("name")
    if tree.get("databases"):
        text = f"SELECT name FROM {DATABASE}.system_databases WHERE 1"
    else:
        columns = "name, engine AS table_type" if tree.get("full") else "name"
        text = f"SELECT {columns} FROM {DATABASE}.system_tables WHERE 1"
        database = tree.get("from", {}).get("name", DATABASE)
        if database not in allowed.DATABASES:
            text += " AND 0"
    if "like" in tree:
        verb = "ILIKE" if tree.get("case_insensitive_like") else "LIKE"
        text += f" AND name {'NOT ' if tree.get('not_like') else ''}{verb} {literal(tree['like'])}"
    text += " ORDER BY name"
    limit = tree.get("limit_length", {}).get("value", {}).get("value")
    if isinstance(limit, int):
        text += f" LIMIT {limit}"
    return Statement(text, _checked_format(name_format))


def literal(text: str) -> str:
    """A string as ClickHouse writes it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
