"""Services, operations, attribute keys and values: what can be typed next."""

from __future__ import annotations

from fastapi import APIRouter

from ..answers.suggestions import AttributeKeys, AttributeValues, Operations, Services
from ..questions import suggestions
from .parameters import PROBLEMS, Ask, Limit, Nano, Prefix, Project, Word

router = APIRouter(prefix="/api", tags=["suggestions"], responses=PROBLEMS)


@router.get("/services", operation_id="list_services")
def list_services(
    ask: Ask, project: Project, start: Nano | None = None, end: Nano | None = None
) -> Services:
    """Services that sent spans in the hours of the window; of all time without one."""
    return suggestions.services(ask, project, start, end)


@router.get("/operations", operation_id="list_operations")
def list_operations(
    ask: Ask, project: Project, service: Prefix = "", prefix: Prefix = "", limit: Limit = 50
) -> Operations:
    """Span names, of one service or of all."""
    return suggestions.operations(ask, project, service, prefix, limit)


@router.get("/attributes/keys", operation_id="list_attribute_keys")
def list_attribute_keys(
    ask: Ask, project: Project, prefix: Prefix = "", limit: Limit = 50
) -> AttributeKeys:
    """Attribute keys, from a sample of the last 30 days."""
    return suggestions.attribute_keys(ask, project, prefix, limit)


@router.get("/attributes/values", operation_id="list_attribute_values")
def list_attribute_values(
    ask: Ask, project: Project, key: Word, prefix: Prefix = "", limit: Limit = 50
) -> AttributeValues:
    """Values of one attribute key, from a sample of the last 30 days."""
    return suggestions.attribute_values(ask, project, key, prefix, limit)
