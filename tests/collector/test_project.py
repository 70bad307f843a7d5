"""Whose a request is: header, key, and what is refused; keys are kept as hashes only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spanhouse.collector.keys import ApiKeys
from spanhouse.collector.otlp.project import project_of
from spanhouse.collector.otlp.refusal import Malformed, Unauthenticated


@pytest.fixture
def keys(tmp_path: Path) -> ApiKeys:
    """None yet."""
    return ApiKeys(tmp_path / "data" / "api-keys.json")


def test_the_header_names_the_project(keys: ApiKeys) -> None:
    """Without one it is left to the resource."""
    assert project_of({"x-spanhouse-project": "shop"}, keys, require_api_key=False) == "shop"
    assert project_of({}, keys, require_api_key=False) == ""


@pytest.mark.parametrize("name", ["a b", "-a", ".", "é", "a" * 129, "a/b", "a\n", "'"])
def test_what_is_no_project_name_is_malformed(keys: ApiKeys, name: str) -> None:
    """The message shows it."""
    with pytest.raises(Malformed, match="is no project name"):
        project_of({"x-spanhouse-project": name}, keys, require_api_key=False)


@pytest.mark.parametrize("name", ["a", "A.b_c-1", "0", "a" * 128])
def test_what_is_a_project_name(keys: ApiKeys, name: str) -> None:
    """Up to 128 letters, digits and three signs."""
    assert project_of({"x-spanhouse-project": name}, keys, require_api_key=False) == name


def test_a_key_belongs_to_a_project(keys: ApiKeys) -> None:
    """In either header; it may be named beside the key, another may not."""
    key = keys.create("ci", "shop")
    for headers in (
        {"authorization": f"Bearer {key}"},
        {"authorization": f"bearer  {key} "},
        {"x-api-key": key},
    ):
        for required in (False, True):
            assert project_of(headers, keys, require_api_key=required) == "shop"
        named = {**headers, "x-spanhouse-project": "shop"}
        assert project_of(named, keys, require_api_key=True) == "shop"
        with pytest.raises(Unauthenticated, match="belongs to project 'shop', not to 'other'"):
            project_of({**headers, "x-spanhouse-project": "other"}, keys, require_api_key=False)


def test_a_wrong_key_is_refused_even_where_none_is_required(keys: ApiKeys) -> None:
    """Its sender means to be someone."""
    for required in (False, True):
        with pytest.raises(Unauthenticated, match="not known"):
            project_of({"x-api-key": "shk_wrong"}, keys, require_api_key=required)
    with pytest.raises(Unauthenticated, match="an API key is required"):
        project_of({"x-spanhouse-project": "shop"}, keys, require_api_key=True)


def test_keys_are_seen_by_other_processes_and_kept_as_hashes(keys: ApiKeys, tmp_path: Path) -> None:
    """What one object writes the other reads at its next question."""
    path = tmp_path / "data" / "api-keys.json"
    other = ApiKeys(path)
    assert other.all() == []
    key = keys.create("ci", "shop")
    assert other.project_of(key) == "shop"
    assert key.startswith("shk_")
    assert key not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry["name"] for entry in json.loads(path.read_text())] == ["ci"]
    with pytest.raises(ValueError, match="'ci': one of this name exists"):
        other.create("ci", "other")
    other.revoke("ci")
    assert keys.project_of(key) is None
    with pytest.raises(KeyError, match="no key has this name"):
        keys.revoke("ci")
    path.unlink()
    assert keys.all() == []
