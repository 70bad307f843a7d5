"""Pure views whose edges a store does not reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanhouse.query.questions.export import put_together
from spanhouse.query.time_range import MAX_NANO, slots
from spanhouse.query.views.attributes import texts
from spanhouse.query.views.otlp.values import any_value
from spanhouse.query.views.skeleton import CYCLE, ORPHAN, ROOT, parents


@pytest.mark.parametrize(
    ("parent_ids", "expected"),
    [
        ([], []),
        (["", "a", "a"], [ROOT, 0, 0]),
        (["c", "a", ""], [2, 0, ROOT]),
        (["x", "a"], [ORPHAN, 0]),
        (["a"], [CYCLE]),
        (["b", "a"], [CYCLE, 0]),
        (["", "c", "d", "b"], [ROOT, CYCLE, 3, 1]),
    ],
)
def test_a_parent_is_an_index_and_a_cycle_is_cut_at_its_first_span(
    parent_ids: list[str], expected: list[int]
) -> None:
    assert parents("abcd"[: len(parent_ids)], parent_ids) == expected


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(-1, 17)), max_size=30))
def test_following_parents_always_ends(spans: list[tuple[int, int]]) -> None:
    span_ids = [str(number) for number, _ in spans]
    parent_ids = ["" if parent < 0 else str(parent) for _, parent in spans]
    found = parents(span_ids, parent_ids)
    for position in range(len(spans)):
        steps = 0
        while position >= 0:
            position = found[position]
            steps += 1
            assert steps <= len(spans)


def test_what_is_cut_is_only_ever_a_member_of_a_cycle() -> None:
    # d -> b -> c -> b: the cycle is b, c; d hangs below it.
    assert parents(["b", "c", "d"], ["c", "b", "b"]) == [CYCLE, 0, 0]


def test_the_first_of_repeated_keys_is_the_one_that_counts() -> None:
    assert texts([("a", "1"), ("b", "2"), ("a", "3")]) == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (0, 0, (0, 0)),
        (-5, 299 * 10**9, (0, 0)),
        (300 * 10**9, 901 * 10**9, (300, 900)),
        (0, MAX_NANO, (0, 2**32 - 1)),
        (MAX_NANO, MAX_NANO, (0, 2**32 - 1)),
    ],
)
def test_a_range_of_time_is_a_range_of_slots(
    first: int, last: int, expected: tuple[int, int]
) -> None:
    assert slots(first, last) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], []),
        ([(1, 3)], [(1, 1)]),
        ([(1, 1), (2, 1), (9, 1)], [(1, 9)]),
        ([(1, 2), (2, 2), (3, 1)], [(1, 1), (2, 3)]),
        ([(1, 9), (2, 1), (3, 9)], [(1, 1), (2, 2), (3, 3)]),
    ],
)
def test_slots_are_put_together_up_to_a_batch(
    items: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    assert put_together(items, 3) == expected


@pytest.mark.parametrize(
    ("text", "type", "expected"),
    [
        ("5", "int", {"intValue": "5"}),
        ("5", "double", {"doubleValue": 5.0}),
        ("nan", "double", {"doubleValue": "NaN"}),
        ("-inf", "double", {"doubleValue": "-Infinity"}),
        ("true", "bool", {"boolValue": True}),
        ("", "empty", {}),
        ("[]", "array", {"arrayValue": {"values": []}}),
        ("{}", "kvlist", {"kvlistValue": {"values": []}}),
        (
            "[1,1.0,null]",
            "array",
            {"arrayValue": {"values": [{"intValue": "1"}, {"doubleValue": 1.0}, {}]}},
        ),
        ('{"bytesValue": "AA=="}', "any", {"bytesValue": "AA=="}),
    ],
)
def test_text_and_type_make_a_value(text: str, type: str, expected: dict[str, object]) -> None:
    assert any_value(text, type) == expected
