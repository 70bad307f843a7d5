"""Whose a request is: its header, else its API key's project; else the store looks at the resource, then `default`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..keys import ApiKeys
from .refusal import Malformed, Unauthenticated

HEADER = "x-spanhouse-project"

RESOURCE_ATTRIBUTE = "spanhouse.project"

# As in spanhouse_no_project (store/ddl).
_PROJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


def is_project(name: str) -> bool:
    """Whether this is a project's name."""
    return _PROJECT.fullmatch(name) is not None


def not_a_project(name: str) -> str:
    """What is wrong with a name for which `is_project` is false."""
    return (
        f"{name!r} is no project name: up to 128 letters, digits, '.', '_', '-', "
        "the first a letter or digit"
    )


def project_of(headers: Mapping[str, str], keys: ApiKeys, *, require_api_key: bool) -> str:
    """The project that a request names, or "".

    Args:
        headers: HTTP headers or gRPC metadata, names in lower case.
        keys: known API keys.
        require_api_key: whether a request without one is refused.

    Raises:
        Malformed: the header holds no project name.
        Unauthenticated: the key is missing or not known, or belongs to another project.
    """
    named = headers.get(HEADER, "")
    if named and not is_project(named):
        raise Malformed(f"{HEADER} {not_a_project(named)}")
    scheme, _, token = headers.get("authorization", "").partition(" ")
    key = token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
    if not key:
        if require_api_key:
            raise Unauthenticated(
                "an API key is required: send `authorization: Bearer shk_...` "
                "(`spanhouse keys create`)"
            )
        return named
    project = keys.project_of(key)
    if project is None:
        raise Unauthenticated(
            "the API key is not known; it may have been revoked (`spanhouse keys list`)"
        )
    if named and named != project:
        raise Unauthenticated(f"the API key belongs to project {project!r}, not to {named!r}")
    return project
