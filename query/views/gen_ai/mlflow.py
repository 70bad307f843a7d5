"""MLflow: every attribute is JSON; a span's inputs and outputs are what the traced function took and returned."""

from __future__ import annotations

from typing import Any

from ...answers.gen_ai import Message
from .content import Content, Said
from .messages import as_list, as_text, json_value, message, parts_of


def read(said: Said) -> Content:
    """The content of a span."""
    inputs = json_value(said.attributes["mlflow.spanInputs"])
    outputs = json_value(said.attributes["mlflow.spanOutputs"])
    if said.operation == "execute_tool":
        return Content(tool_arguments=as_text(inputs) or "", tool_result=as_text(outputs) or "")
    if said.operation in ("retrieval", "rerank"):
        return Content(query=_query(inputs), documents=as_list(outputs))
    content = Content(
        inputs=_asked(inputs),
        tools=as_list(json_value(said.attributes["mlflow.chat.tools"])),
    )
    if isinstance(inputs, dict) and inputs.get("system"):
        content.system = parts_of(inputs["system"])
    content.outputs, content.finish_reasons = _answered(outputs)
    return content


def _asked(inputs: Any) -> list[Message]:
    if isinstance(inputs, dict):
        for key in ("messages", "input", "inputs", "prompt", "query", "question"):
            if key in inputs:
                return _asked(inputs[key])
    if isinstance(inputs, list):
        return [message(item, "user") for item in inputs]
    return [Message(role="user", parts=parts_of(as_text(inputs)))] if inputs is not None else []


def _answered(outputs: Any) -> tuple[list[Message], list[str]]:
    """A chat completion, an Anthropic message, an OpenAI response, or any value."""
    if isinstance(outputs, dict):
        if choices := as_list(outputs.get("choices")):
            reasons = [c["finish_reason"] for c in choices if c.get("finish_reason")]
            return [message(c.get("message", c), "assistant") for c in choices], reasons
        if "content" in outputs or "role" in outputs:
            stopped = outputs.get("stop_reason")
            return [message({"role": "assistant"} | outputs, "assistant")], [
                stopped
            ] if stopped else []
        if isinstance(outputs.get("output"), list):
            return [message(item, "assistant") for item in outputs["output"]], []
        if isinstance(outputs.get("messages"), list):
            return [message(item, "assistant") for item in outputs["messages"]], []
    if outputs is None:
        return [], []
    return [Message(role="assistant", parts=parts_of(as_text(outputs)))], []


def _query(inputs: Any) -> str:
    if isinstance(inputs, dict):
        inputs = inputs.get("query") or inputs.get("input") or inputs
    return as_text(inputs) or ""
