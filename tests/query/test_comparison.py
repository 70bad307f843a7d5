"""Two traces compared: steps aligned by what they are; what differs in a pair; bounded work."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanhouse.query.analysis import alignment
from spanhouse.query.analysis.alignment import Steps, align, longest_increasing
from spanhouse.query.analysis.comparison import Comparing, pairs
from spanhouse.query.analysis.outline import Outline
from spanhouse.query.answers.comparison import Comparison

from .conftest import Api
from .sent import MS, Value, span, span_id, trace_id, traces
from .traced import Line, rows


def tree(text: str) -> list[Line]:
    """A trace from lines of names, two blanks a level; ids count from 1, and `chat:m` is a call of model m."""
    found: list[Line] = []
    above: list[str] = []
    for number, line in enumerate(text.strip("\n").splitlines(), 1):
        name = line.strip()
        depth = (len(line) - len(line.lstrip())) // 2
        parent = above[depth - 1] if depth else ""
        above[depth:] = [f"{number:03}"]
        operation, _, detail = name.partition(":")
        found.append(
            Line(
                f"{number:03}",
                parent,
                number,
                1,
                name,
                operation={"chat": "chat", "tool": "execute_tool"}.get(operation, ""),
                model=detail if operation == "chat" else "",
                tool=detail if operation == "tool" else "",
            )
        )
    return found


def compared(left: str, right: str) -> list[str]:
    """The pairs in order: `=` same, `~` changed, `>` moved, `-` only left, `+` only right, with names and depth."""
    one, other = Outline(rows(tree(left))), Outline(rows(tree(right)))
    aligned = align(Steps(one, {}), Steps(other, {}))
    comparing = Comparing(one, other, aligned, lambda _left, _right: None)
    signs = {"same": "=", "changed": "~", "moved": ">", "left_only": "-", "right_only": "+"}
    found = []
    for pair in pairs(one, other, aligned):
        match = comparing.match(pair)
        outline, at = (other, pair.right) if pair.right is not None else (one, pair.left)
        assert at is not None
        folded = f" ({pair.folded} below)" if pair.folded else ""
        found.append("  " * pair.depth + f"{signs[match]} {outline.trace.name[at]}{folded}")
    return found


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("a\n  b\n  c", "a\n  b\n  c", ["= a", "  = b", "  = c"], id="equal"),
        pytest.param(
            "a\n  b\n  c\n  d", "a\n  b\n  d", ["= a", "  = b", "  - c", "  = d"], id="removed"
        ),
        pytest.param(
            "a\n  x\n  b",
            "a\n  b\n  y\n    z",
            ["= a", "  - x", "  = b", "  + y (1 below)"],
            id="added with all below it",
        ),
        pytest.param(
            "a\n  GET\n  GET\n  GET\n  end",
            "a\n  GET\n  GET\n  GET\n  GET\n  end",
            ["= a", "  = GET", "  = GET", "  = GET", "  + GET", "  = end"],
            id="a step repeated once more",
        ),
        pytest.param(
            "a\n  GET\n    p\n  GET\n    q",
            "a\n  GET\n    q",
            ["= a", "  - GET (1 below)", "  = GET", "    = q"],
            id="of repeated steps the one with the same below it",
        ),
        pytest.param(
            "a\n  b\n  c\n  d",
            "a\n  c\n  d\n  b",
            ["= a", "  = c", "  = d", "  > b"],
            id="reordered",
        ),
        pytest.param(
            "a\n  b\n    s\n      t\n  c",
            "a\n  b\n  c\n    s\n      t",
            ["= a", "  = b", "  = c", "    > s", "      = t"],
            id="a subtree moved to another parent",
        ),
        pytest.param(
            "a\n  b\n    c",
            "a\n  new\n    b\n      c",
            ["= a", "  + new", "    > b", "      = c"],
            id="a step put around others",
        ),
        pytest.param(
            "a\n  old\n    b\n    x",
            "a\n  b",
            ["= a", "  - old", "    - x", "  > b"],
            id="a step taken away from around others",
        ),
        pytest.param(
            "a\n  chat:m-1\n  tool:t\n  chat:m-1",
            "a\n  chat:m-2\n  tool:t\n  chat:m-2",
            ["= a", "  ~ chat:m-2", "  = tool:t", "  ~ chat:m-2"],
            id="calls of another model",
        ),
        pytest.param(
            "a\n  chat:m-1\n  chat:m-2",
            "a\n  chat:m-2",
            ["= a", "  - chat:m-1", "  = chat:m-2"],
            id="the same step before one that is alike",
        ),
        pytest.param(
            "a\n  tool:t", "a\n  tool:u", ["= a", "  - tool:t", "  + tool:u"], id="another tool"
        ),
        pytest.param(
            "a\n  GET /orders/17", "a\n  GET /orders/9", ["= a", "  ~ GET /orders/9"], id="a number in a path"
        ),
        pytest.param("a\n  b", "z\n  b", ["~ z", "  = b"], id="a root of another name"),
        pytest.param("a\nb", "b\nc", ["- a", "= b", "+ c"], id="several roots"),
    ],
)  # fmt: skip
def test_steps_are_aligned_by_what_they_are(left: str, right: str, expected: list[str]) -> None:
    assert compared(left, right) == expected


FOREST = st.lists(
    st.builds(
        Line,
        id=st.integers(0, 9).map(str),
        parent=st.integers(-1, 10).map(lambda number: "" if number < 0 else str(number)),
        start=st.integers(0, 5),
        name=st.sampled_from("abc"),
        operation=st.sampled_from(["", "", "chat"]),
    ),
    min_size=1,
    max_size=12,
)


@given(FOREST, FOREST, st.booleans())
def test_every_step_is_listed_once(left: list[Line], right: list[Line], bounded: bool) -> None:
    """Or folded once, whatever was sent and however it was aligned."""
    one, other = Outline(rows(left)), Outline(rows(right))
    with pytest.MonkeyPatch.context() as patch:
        if bounded:
            patch.setattr(alignment, "MAX_CELLS", 2)
        aligned = align(Steps(one, {}), Steps(other, {}))
    assert {right: left for left, right in aligned.right_of.items()} == aligned.left_of
    listed = pairs(one, other, aligned)
    for side, at in ((one, 0), (other, 1)):
        spans = [pair[at] for pair in listed if pair[at] is not None]
        folded = sum(pair.folded for pair in listed if pair[1 - at] is None)
        assert len(spans) == len(set(spans))
        assert len(spans) + folded == len(side.trace)


def test_a_call_is_aligned_by_what_it_was_told() -> None:
    """Of three calls alike the middle one was removed."""
    left = Outline(rows(tree("a\n  chat:m\n  chat:m\n  chat:m")))
    right = Outline(rows(tree("a\n  chat:m\n  chat:m")))
    told = align(Steps(left, {1: "x", 2: "y", 3: "z"}), Steps(right, {1: "x", 2: "z"}))
    assert told.right_of == {0: 0, 1: 1, 3: 2}


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], []), ([5], [0]), ([1, 2, 3], [0, 1, 2]), ([3, 1, 2], [1, 2]), ([2, 9, 3, 4, 1], [0, 2, 3])],
)  # fmt: skip
def test_a_longest_run_in_order(values: Sequence[int], expected: list[int]) -> None:
    assert longest_increasing(values) == expected


def test_a_list_over_the_bound_is_aligned_by_occurrence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MAX_CELLS", 3)
    left, right = "a\n  b\n  c\n  d", "a\n  c\n  d\n  b"
    assert compared(left, right) == ["= a", "  = c", "  = d", "  > b"]
    aligned = align(Steps(Outline(rows(tree(left))), {}), Steps(Outline(rows(tree(right))), {}))
    assert (aligned.sibling_lists, aligned.by_occurrence) == (2, 1)


def many(count: int, seed: int) -> list[Line]:
    """A root, a hundred children, and the rest below them under 40 names."""
    lines = [Line("0", duration=count, name="root")]
    lines += [Line(str(n), "0", n, 5, f"step {n % 7}") for n in range(1, 101)]
    for number in range(101, count):
        name = f"op {(number * 7919 + (number % 97 == seed)) % 40}"
        lines.append(Line(str(number), str(number % 100 + 1), number, 3, name))
    return lines


def test_traces_of_100_000_spans_are_aligned_in_bounded_time() -> None:
    left, right = Outline(rows(many(100_000, 3))), Outline(rows(many(100_000, 5)))
    started = time.process_time()
    aligned = align(Steps(left, {}), Steps(right, {}))
    listed = pairs(left, right, aligned)
    # Measured: 1.6 s; a quadratic pass over any list of these would take minutes.
    assert time.process_time() - started < 15
    assert aligned.by_occurrence > 0
    assert len(aligned.right_of) > 95_000
    assert {pair.right for pair in listed if pair.right is not None} == set(range(100_000))


def message(role: str, content: str) -> dict[str, Any]:
    """A message of one text."""
    return {"role": role, "parts": [{"type": "text", "content": content}]}


def chat(model: str, question: str, tools: list[str], tokens: int) -> dict[str, Value]:
    """The attributes of a call of a model."""
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": model,
        "gen_ai.request.temperature": 0.2,
        "gen_ai.usage.input_tokens": tokens,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.system_instructions": json.dumps([{"type": "text", "content": "be brief"}]),
        "gen_ai.input.messages": json.dumps([message("user", question), message("user", "please")]),
        "gen_ai.output.messages": json.dumps([message("assistant", "done")]),
        "gen_ai.tool.definitions": json.dumps(
            [{"type": "function", "name": name} for name in tools]
        ),
    }


def compare(api: Api, **params: Any) -> Any:
    """The comparison of traces 1 and 2; its shape is that of the model the page's types come from."""
    found = api.get("/api/traces/compare", left=trace_id(1), right=trace_id(2), **params)
    assert Comparison.model_validate(found).model_dump() == found
    return found


def send_two(api: Api) -> None:
    """The second run asks otherwise, of another model, offers other tools, takes longer and fails."""
    api.send(
        traces(
            [
                span(1, 1, "run", duration=50 * MS),
                span(1, 2, "chat", parent=1, start=MS, duration=10 * MS,
                     attributes=chat("m-1", "one\ntwo\nthree", ["find", "send"], 100)),
                span(2, 1, "run", start=1000 * MS, duration=90 * MS),
                span(2, 2, "chat", parent=1, start=1001 * MS, duration=30 * MS, error=True,
                     attributes=chat("m-2", "one\n2\nthree", ["find", "pay"], 140)
                     | {"gen_ai.request.temperature": 0.9}),
            ]
        )
    )  # fmt: skip


def test_a_pair_tells_what_differs(api: Api) -> None:
    send_two(api)
    found = compare(api)
    assert [(step["match"], step["depth"]) for step in found["steps"]] == [
        ("same", 0),
        ("changed", 1),
    ]
    run, call = found["steps"]
    assert run["duration_difference"] == 40 * MS
    assert (call["duration_difference"], call["input_tokens_difference"]) == (20 * MS, 40)
    assert call["differences"] == [
        {"key": "model", "left": "m-1", "right": "m-2"},
        {"key": "status", "left": "OK", "right": "ERROR"},
    ]
    assert call["content"] == {
        "messages": [
            {
                "change": "changed",
                "place": "input",
                "role": "user",
                "index": 0,
                "text": {"text": "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three", "truncated": None},
            }
        ],
        "equal_messages": 2,
        "tools": [
            {"change": "added", "name": "pay", "diff": None},
            {"change": "removed", "name": "send", "diff": None},
        ],
        "parameters": [{"key": "gen_ai.request.temperature", "left": "0.2", "right": "0.9"}],
    }
    assert (call["left"]["span_id"], call["right"]["start"]) == (span_id(2), MS)
    assert (found["same"], found["changed"], found["left_only"]) == (1, 1, 0)
    assert (found["left"]["model_calls"], found["right"]["error_count"]) == (1, 1)
    assert found["alignment"]["contents_compared"] == found["alignment"]["contents"] == 2


def test_the_id_of_a_tool_call_is_no_difference(api: Api) -> None:
    for run in (1, 2):
        call = {"type": "tool_call", "id": f"call-{run}", "name": "find", "arguments": {"q": "a"}}
        said = chat("m-1", "where?", ["find"], 100) | {
            "gen_ai.output.messages": json.dumps([{"role": "assistant", "parts": [call]}])
        }
        api.send(traces([span(run, 1, "chat", start=run * MS, attributes=said)]))
    found = compare(api)
    assert [step["match"] for step in found["steps"]] == ["same"]
    assert found["steps"][0]["content"]["messages"] == []
    assert found["steps"][0]["content"]["equal_messages"] == 3


def test_a_trace_compared_with_itself_has_no_differences(api: Api) -> None:
    send_two(api)
    found = api.get("/api/traces/compare", left=trace_id(1), right=trace_id(1))
    assert (found["same"], found["step_count"]) == (2, 2)
    content = found["steps"][1]["content"]
    assert (content["messages"], content["tools"], content["parameters"]) == ([], [], [])
    assert content["equal_messages"] == 3


def test_what_is_left_out_is_what_differs_least(api: Api) -> None:
    send_two(api)
    found = compare(api, limit=1)
    assert [step["match"] for step in found["steps"]] == ["changed"]
    assert (found["step_count"], found["same"]) == (2, 1)


def test_a_trace_that_is_not_stored_is_not_found(api: Api) -> None:
    api.send(traces([span(1, 1)]))
    response = api.ask("/api/traces/compare", left=trace_id(1), right=trace_id(9))
    assert response.status_code == 404
    assert trace_id(9) in response.json()["detail"]
    assert api.ask("/api/traces/compare", left="x", right=trace_id(1)).status_code == 400
