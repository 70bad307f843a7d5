"""DSPy: programs, modules and tools around LiteLLM's or the provider's span."""

from __future__ import annotations

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
