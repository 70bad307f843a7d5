"""What the engine promises whatever the library: one span, ended when the result has ended, and a program that
notices nothing."""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Callable, Iterator

import pytest
import wrapt
from opentelemetry import trace
from opentelemetry.instrumentation.utils import suppress_instrumentation

from spanhouse.instrumentation.engine import Call, Conflict, Missing, Target, Wrapped
from spanhouse.instrumentation.operation import Answer, Operation
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.sample import Client, Special

MODULE = "tests.instrumentation.sample"


def asking(name: str = "chat", framework: bool = False) -> Callable[[Call], Operation | None]:
    def begin(call: Call) -> Operation | None:
        question = call.argument("question", 0)
        if question == "untraced":
            return None
        if question == "bug":
            raise RuntimeError("a bug of ours")
        return Operation(name, "m", content=lambda: {"asked": question}, framework=framework)

    return begin


class Words:
    def __init__(self) -> None:
        self.words: list[str] = []

    def add(self, chunk: str) -> None:
        self.words.append(chunk)

    def answer(self) -> Answer:
        return Answer({"words": len(self.words)})


TARGETS = [
    *(
        Target(MODULE, f"Client.{name}", asking(), lambda result: Answer({"said": result}), Words)
        for name in (
            "ask",
            "ask_later",
            "ask_plainly",
            "ask_as_task",
            "words",
            "words_later",
            "fixed",
        )
    ),
    Target(
        MODULE, "Client.framework", asking(framework=True), lambda result: Answer({"said": result})
    ),
]


@pytest.fixture
def told() -> Iterator[Captured]:
    with captured(include=[]) as kept:
        wrapped = Wrapped()
        for target in TARGETS:
            wrapped.wrap(target)
        yield kept
        wrapped.unwrap()


def test_a_call_is_one_whole_span(told: Captured) -> None:
    assert Client().ask("hello") == "hello"
    assert told.written() == [
        {
            "name": "chat m", "kind": "CLIENT", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {"gen_ai.operation.name": "chat", "asked": "hello", "said": "hello"},
        }
    ]  # fmt: skip


def test_the_library_s_exception_passes_untouched(told: Captured) -> None:
    with pytest.raises(LookupError) as caught:
        Client().ask("fail")
    assert type(caught.value) is LookupError
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert caught.traceback[-1].name == "ask"
    [span] = told.written()
    assert (span["status"], span["attributes"]["error.type"], span["events"]) == (
        "ERROR",
        "LookupError",
        ["exception"],
    )


async def test_awaitables_of_every_kind_end_their_span_when_they_are_done(told: Captured) -> None:
    assert await Client().ask_plainly("a b") == "a b"
    task = Client().ask_as_task("c")
    assert type(task) is asyncio.Task
    assert await task == "c"
    await asyncio.sleep(0)
    # Each asks ask_later and that asks ask, inside a model call that is told already: nothing is told twice.
    assert [
        (span["attributes"]["asked"], span["attributes"]["said"]) for span in told.written()
    ] == [("a b", "a b"), ("c", "c")]


def test_a_generator_passes_for_one_and_ends_its_span_when_drained(told: Captured) -> None:
    words = Client().words("a b c")
    assert inspect.isgenerator(words)
    assert told.spans() == []
    assert list(words) == ["a", "b", "c"]
    [span] = told.written()
    assert span["attributes"]["words"] == 3
    assert span["attributes"]["gen_ai.response.time_to_first_chunk"] > 0


def test_a_generator_that_is_closed_dropped_or_broken_ends_its_span(told: Captured) -> None:
    closed = Client().words("a b c")
    assert next(closed) == "a"
    closed.close()  # type: ignore[attr-defined]
    dropped = Client().words("a b c")
    assert [next(dropped), next(dropped)] == ["a", "b"]
    del dropped
    gc.collect()
    with pytest.raises(ConnectionError):
        list(Client().words("a break"))
    ended = [(span["attributes"]["words"], span["status"]) for span in told.written()]
    assert ended == [(1, "UNSET"), (2, "UNSET"), (1, "ERROR")]


async def test_an_asynchronous_generator_ends_its_span_when_drained_or_left(told: Captured) -> None:
    words = Client().words_later("a b")
    assert inspect.isasyncgen(words)
    assert [word async for word in words] == ["a", "b"]
    left = Client().words_later("a b c")
    assert await anext(left) == "a"
    await left.aclose()  # type: ignore[attr-defined]
    assert [span["attributes"]["words"] for span in told.written()] == [2, 1]


def test_between_two_chunks_the_program_is_not_inside_the_span(told: Captured) -> None:
    words = Client().words("a b")
    next(words)
    assert not trace.get_current_span().get_span_context().is_valid


def test_static_and_inherited_methods_are_traced_once(told: Captured) -> None:
    assert Special.fixed("s") == "s"
    assert Special().ask("i") == "i"
    assert [span["attributes"]["said"] for span in told.written()] == ["s", "i"]


def test_a_framework_tells_a_model_call_only_if_nothing_inside_did(told: Captured) -> None:
    Client().framework("hello")
    Client().framework("nobody")
    assert [(span["attributes"]["asked"], span["parent"]) for span in told.written()] == [
        ("hello", None),
        ("nobody", None),
    ]


def test_an_error_of_ours_is_kept_from_the_program_and_fails_a_test() -> None:
    wrapped = Wrapped()
    wrapped.wrap(TARGETS[0])
    with pytest.raises(AssertionError, match="a bug of ours"), captured(include=[]):
        assert Client().ask("bug") == "bug"
    wrapped.unwrap()


def test_nothing_is_told_where_that_was_asked_for(told: Captured) -> None:
    Client().ask("untraced")
    with suppress_instrumentation():
        Client().ask("hello")
    assert told.spans() == []


def test_unwrapping_restores_what_was_there() -> None:
    before = dict(vars(Client))
    wrapped = Wrapped()
    for target in (*TARGETS, Target(MODULE, "Special.ask", asking())):
        wrapped.wrap(target)
    assert vars(Client)["ask"] is not before["ask"]
    wrapped.unwrap()
    assert dict(vars(Client)) == before
    assert "ask" not in vars(Special)


def test_another_suite_s_wrapper_is_a_conflict_and_a_missing_function_is_said() -> None:
    original = Client.ask
    theirs = wrapt.FunctionWrapper(
        original, lambda wrapped, instance, args, kwargs: wrapped(*args, **kwargs)
    )
    setattr(Client, "ask", theirs)  # noqa: B010 - mypy takes an assignment for a mistake
    try:
        with pytest.raises(Conflict, match=r"sample\.Client\.ask is wrapped already, by tests"):
            Wrapped().wrap(TARGETS[0])
    finally:
        setattr(Client, "ask", original)  # noqa: B010
    with pytest.raises(Missing, match=r"Client\.gone is not in this version"):
        Wrapped().wrap(Target(MODULE, "Client.gone", asking()))
    Wrapped().wrap(Target(MODULE, "Client.gone", asking(), optional=True))
