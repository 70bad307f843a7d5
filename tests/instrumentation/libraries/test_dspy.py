"""DSPy: programs, modules and tools around LiteLLM's or the provider's span."""

from __future__ import annotations

from typing import Any

import dspy
import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import tree, usage


@pytest.fixture
def model(provider: Provider) -> dspy.LM:
    return dspy.LM(
        "openai/gpt-4o",
        api_base=f"{provider.url}/v1",
        api_key="test-key",
        cache=False,
        num_retries=0,
    )


def test_a_program_is_a_workflow_around_its_model_call(telemetry: Captured, model: dspy.LM) -> None:
    with (
        dspy.context(lm=model, adapter=dspy.JSONAdapter()),
        pytest.raises(Exception, match="parse"),
    ):
        # The provider answers no JSON, which is DSPy's own error, after it asked as often as it asks.
        dspy.Predict("question -> answer")(question="hello")
    spans = telemetry.written()
    assert tree(spans)[0] == ("invoke_workflow Predict", None)
    assert {parent for name, parent in tree(spans)[1:]} == {"invoke_workflow Predict"}
    calls = [span for span in spans if span["name"] == "chat gpt-4o"]
    assert len(calls) >= 1
    assert all(usage(call)["input_tokens"] == 7 for call in calls)
    assert spans[-1]["status"] == "ERROR"


class Cities(dspy.Module):
    def __init__(self) -> None:
        super().__init__()
        self.ask = dspy.Predict("question -> city")

    def forward(self, question: str) -> Any:
        return self.ask(question=question)

    async def aforward(self, question: str) -> Any:
        return await self.ask.acall(question=question)


CITIES = [
    ("invoke_workflow Cities", None),
    ("task Predict", "invoke_workflow Cities"),
    ("chat gpt-4o", "task Predict"),
]


async def test_a_program_of_modules(telemetry: Captured, model: dspy.LM) -> None:
    with dspy.context(lm=model, adapter=dspy.JSONAdapter()):
        assert Cities()(question="hello").city == "Paris"
        assert (await Cities().acall(question="hello")).city == "Paris"
    spans = telemetry.written()
    assert tree(spans) == CITIES * 2
    assert spans[2] == {
        "name": "invoke_workflow Cities",
        "kind": "INTERNAL",
        "id": 1,
        "parent": None,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "invoke_workflow",
            "gen_ai.workflow.name": "Cities",
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"unknown","content":{"question":"hello"}}]}]',
            "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"unknown","content":{"city":"Paris"}}]}]',
        },
        "events": [],
    }
    assert usage(spans[0]) == {
        "input_tokens": 7,
        "output_tokens": 3,
        "cache_read.input_tokens": 2,
        "reasoning.output_tokens": 1,
    }


def test_threads_are_inside_what_started_them(telemetry: Captured, model: dspy.LM) -> None:
    class Both(dspy.Module):
        def forward(self) -> Any:
            asked = [(Cities(), {"question": "one"}), (Cities(), {"question": "two"})]
            return dspy.Parallel(num_threads=2, disable_progress_bar=True)(asked)

    with dspy.context(lm=model, adapter=dspy.JSONAdapter()):
        assert [each.city for each in Both()()] == ["Paris", "Paris"]
    assert sorted(tree(telemetry.written())) == [
        ("chat gpt-4o", "task Predict"),
        ("chat gpt-4o", "task Predict"),
        ("invoke_workflow Both", None),
        ("task Cities", "invoke_workflow Both"),
        ("task Cities", "invoke_workflow Both"),
        ("task Predict", "task Cities"),
        ("task Predict", "task Cities"),
    ]


def test_an_evaluation_is_one_trace(telemetry: Captured, model: dspy.LM) -> None:
    examples = [dspy.Example(question=each).with_inputs("question") for each in ("one", "two")]
    evaluate = dspy.Evaluate(
        devset=examples,
        metric=lambda example, told: told.city == "Paris",
        num_threads=2,
        display_progress=False,
    )
    with dspy.context(lm=model, adapter=dspy.JSONAdapter()):
        assert evaluate(Cities()).score == 100.0
    spans = telemetry.written()
    assert tree(spans)[0] == ("invoke_workflow Evaluate", None)
    assert [name for name, parent in tree(spans) if parent == "invoke_workflow Evaluate"] == [
        "task Cities",
        "task Cities",
    ]
    assert '"score":100.0' in spans[-1]["attributes"]["gen_ai.output.messages"]


async def test_a_stream(telemetry: Captured, model: dspy.LM) -> None:
    streaming = dspy.streamify(dspy.Predict("question -> city"))
    with (
        dspy.context(lm=model, adapter=dspy.JSONAdapter()),
        pytest.raises(Exception, match="cannot be serialized"),
    ):
        # The provider streams no JSON, which is DSPy's own error.
        assert [part async for part in streaming(question="hello")]
    assert tree(telemetry.written()) == [
        ("invoke_workflow Predict", None),
        ("chat gpt-4o", "invoke_workflow Predict"),
    ]


def test_a_call_that_fails(telemetry: Captured, model: dspy.LM) -> None:
    with pytest.raises(Exception, match="asked to fail"):
        model("fail")
    [span] = telemetry.written()
    assert (span["name"], span["status"]) == ("chat gpt-4o", "ERROR")


def test_a_tool(telemetry: Captured) -> None:
    def weather(city: str) -> str:
        """The weather of a city."""
        return f"clear in {city}"

    assert dspy.Tool(weather)(city="Paris") == "clear in Paris"
    [span] = telemetry.written()
    assert (span["name"], span["kind"]) == ("execute_tool weather", "INTERNAL")
    assert span["attributes"]["gen_ai.tool.call.arguments"] == '{"city":"Paris"}'
    assert span["attributes"]["gen_ai.tool.call.result"] == "clear in Paris"


async def test_the_model_by_itself_asynchronously(telemetry: Captured, model: dspy.LM) -> None:
    assert await model.acall("hello") == ["You said: hello"]
    assert model("hello") == ["You said: hello"]
    assert tree(telemetry.written()) == [("chat gpt-4o", None), ("chat gpt-4o", None)]


def test_content_off_and_undo(provider: Provider) -> None:
    before = vars(dspy.Module)["__call__"]
    with captured(content=False) as told:
        dspy.Tool(lambda city: city, name="echo")(city="hello")
        assert "hello" not in str(told.written())
    assert vars(dspy.Module)["__call__"] is before
