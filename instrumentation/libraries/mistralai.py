"""Mistral: chat, agents, embeddings; sync, async, streams.

    from mistralai.client import Mistral
    import spanhouse

    spanhouse.instrument()
    Mistral().chat.complete(model="mistral-large-latest", messages=[{"role": "user", "content": "Hello"}])

The package can make spans itself (MISTRAL_SDK_TELEMETRY) but does not unless asked, and then with content
always: it is not asked. Where the program asks, its span of a call that ours tells is left out: the call would
count twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .. import semconv
from ..engine import Call, Library, Target, Undo
from ..messages import value_of
from ..native import normalise
from ..operation import Operation
from .openai_chat import ChatFold, chat, completion, embedded, embeddings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

    from ..telemetry import Telemetry

_TOLD = ("/chat/completions", "/agents/completions", "/embeddings")
"""Ends of the paths of the calls that are wrapped here."""


def _provider(call: Call) -> str:
    return "mistral_ai"


def _base_url(call: Call) -> object:
    configuration = value_of(call.instance, "sdk_configuration")
    return configuration.get_server_details()[0] if configuration is not None else None


class _Fold(ChatFold):
    """Mistral's chunks are OpenAI's, each in an event."""

    def add(self, chunk: Any) -> None:
        super().add(value_of(chunk, "data"))


_chat = chat(_provider, _base_url)
_embed = embeddings(_provider, _base_url)


def _streamed(begin: Callable[[Call], Operation]) -> Callable[[Call], Operation]:
    """`begin` of a method that always streams, so is not asked to."""

    def streamed(call: Call) -> Operation:
        operation = begin(call)
        operation.attributes = {**operation.attributes, semconv.GEN_AI_REQUEST_STREAM: True}
        return operation

    return streamed


def _native(span: ReadableSpan) -> ReadableSpan | None:
    """Mistral's own span, unless ours tells the same call."""
    url = str((span.attributes or {}).get("http.url", "")).partition("#")[0]
    return None if url.endswith(_TOLD) else span


def _switch(telemetry: Telemetry) -> Undo:
    return normalise("mistralai_sdk_tracer", _native)


def _agent(call: Call) -> Operation:
    operation = _chat(call)
    agent = call.kwargs.get("agent_id")
    operation.subject = agent
    operation.attributes = {**operation.attributes, semconv.GEN_AI_AGENT_ID: agent}
    return operation


LIBRARY = Library(
    "mistralai", "mistralai", "mistralai", "2",
    targets=[
        target
        for suffix in ("", "_async")
        for target in (
            Target("mistralai.client.chat", f"Chat.complete{suffix}", _chat, completion),
            Target("mistralai.client.chat", f"Chat.stream{suffix}", _streamed(_chat), fold=_Fold),
            Target("mistralai.client.agents", f"Agents.complete{suffix}", _agent, completion, optional=True),
            Target("mistralai.client.agents", f"Agents.stream{suffix}", _streamed(_agent), fold=_Fold, optional=True),
            Target("mistralai.client.embeddings", f"Embeddings.create{suffix}", _embed, embedded),
        )
    ],
    switch=_switch,
)  # fmt: skip
