"""Items under their resource and scope, as every OTLP request nests them.

Resources and scopes are told apart by all they say; the order is that of the first item of each.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

from .values import key_values, present


class Names(NamedTuple):
    """What a signal calls the levels of its request."""

    resources: str
    scopes: str
    items: str


def request(names: Names, rows: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    """An export request of (row, item) pairs: the row says whose the item is."""
    scopes: dict[Hashable, list[dict[str, Any]]] = {}
    resources: dict[Hashable, dict[str, Any]] = {}
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


def _resource_key(row: dict[str, Any]) -> Hashable:
    return (
        tuple(row["ResourceAttributeKeys"]),
        tuple(row["ResourceAttributeValues"]),
        tuple(row["ResourceAttributeTypes"]),
        row["ResourceDroppedAttrCount"],
        row["ResourceSchemaUrl"],
    )


def _scope_key(row: dict[str, Any]) -> Hashable:
    return (
        row["ScopeName"],
        row["ScopeVersion"],
        tuple(row["ScopeAttributeKeys"]),
        tuple(row["ScopeAttributeValues"]),
        tuple(row["ScopeAttributeTypes"]),
        row["ScopeDroppedAttrCount"],
        row["ScopeSchemaUrl"],
    )


def _resource(row: dict[str, Any]) -> dict[str, Any]:
    attributes = key_values(
        row["ResourceAttributeKeys"], row["ResourceAttributeValues"], row["ResourceAttributeTypes"]
    )
    resource = {
        "attributes": attributes,
        "droppedAttributesCount": row["ResourceDroppedAttrCount"],
    }
    return present({"resource": present(resource), "schemaUrl": row["ResourceSchemaUrl"]})


def _scope(row: dict[str, Any]) -> dict[str, Any]:
    scope = {
        "name": row["ScopeName"],
        "version": row["ScopeVersion"],
        "attributes": key_values(
            row["ScopeAttributeKeys"], row["ScopeAttributeValues"], row["ScopeAttributeTypes"]
        ),
        "droppedAttributesCount": row["ScopeDroppedAttrCount"],
    }
    return present({"scope": present(scope), "schemaUrl": row["ScopeSchemaUrl"]})
