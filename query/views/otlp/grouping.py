"""Items under their resource and scope, as every OTLP request nests them.

Resources and scopes are told apart by all they say; the order is that of the first item of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import orjson

from .values import key_values, present


class Names(NamedTuple):
    """What a signal calls the levels of its request."""

    resources: str
    scopes: str
    items: str


def request(names: Names, rows: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    """An export request of (row, item) pairs: the row says whose the item is."""
    scopes: dict[tuple[bytes, bytes], list[dict[str, Any]]] = {}
    resources: dict[bytes, dict[str, Any]] = {}
    for row, item in rows:
        resource_key = _resource_key(row)
        scope_key = (resource_key, _scope_key(row))
        items = scopes.get(scope_key)
        if items is None:
            items = scopes[scope_key] = []
            resource = resources.get(resource_key)
            if resource is None:
                resource = resources[resource_key] = _resource(row) | {names.scopes: []}
            resource[names.scopes].append(_scope(row) | {names.items: items})
        items.append(item)
    return {names.resources: list(resources.values())}


def key(*values: Any) -> bytes:
    """The same for the same values, whatever lists are in them."""
    return orjson.dumps(values)


def _resource_key(row: dict[str, Any]) -> bytes:
    return key(
        row["ResourceAttributes"],
        row["ResourceAttributeTypes"],
        row["ResourceDroppedAttrCount"],
        row["ResourceSchemaUrl"],
    )


def _scope_key(row: dict[str, Any]) -> bytes:
    return key(
        row["ScopeName"],
        row["ScopeVersion"],
        row["ScopeAttributes"],
        row["ScopeAttributeTypes"],
        row["ScopeDroppedAttrCount"],
        row["ScopeSchemaUrl"],
    )


def _resource(row: dict[str, Any]) -> dict[str, Any]:
    resource = {
        "attributes": key_values(row["ResourceAttributes"], row["ResourceAttributeTypes"]),
        "droppedAttributesCount": row["ResourceDroppedAttrCount"],
    }
    return present({"resource": present(resource), "schemaUrl": row["ResourceSchemaUrl"]})


def _scope(row: dict[str, Any]) -> dict[str, Any]:
    scope = {
        "name": row["ScopeName"],
        "version": row["ScopeVersion"],
        "attributes": key_values(row["ScopeAttributes"], row["ScopeAttributeTypes"]),
        "droppedAttributesCount": row["ScopeDroppedAttrCount"],
    }
    return present({"scope": present(scope), "schemaUrl": row["ScopeSchemaUrl"]})
