"""Anthropic: messages, streams, tool runners. The package makes its spans itself since 1.13, and is told to write
content; an older one, or one that was told not to (ANTHROPIC_OPEN_TELEMETRY=false), is wrapped.

    from anthropic import Anthropic
    import spanhouse

    spanhouse.instrument()   # before the client is made: a client reads once whether to write content
    Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=99, messages=[{"role": "user", "content":
    "Hello"}])
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, requires
from typing import TYPE_CHECKING, Any, Final

from opentelemetry import context as otel

from .. import semconv
from ..content import ContentPolicy
from ..engine import Call, Library, Target, Undo, followed
from ..messages import value_of
from ..native import changed, governed, normalise
from ..operation import Operation
from .anthropic_messages import MessageFold, answered, asked_content, asked_parameters
from .openai_chat import server, text_of
from .raw_response import follow_raw

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

    from ..operation import Invocation
    from ..telemetry import Telemetry

SCOPE: Final = "com.anthropic.sdk.python"


def _environment(content: ContentPolicy) -> Mapping[str, str]:
    return {"ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE": "content"} if content.spans else {}


def _switch(telemetry: Telemetry) -> Undo:
    def canonical(span: ReadableSpan) -> ReadableSpan:
        attributes = governed(dict(span.attributes or {}), telemetry.content)
        operation = attributes.get(semconv.GEN_AI_OPERATION_NAME)
        if (reason := attributes.get("anthropic.message.stop_reason")) is not None:
            attributes[semconv.GEN_AI_RESPONSE_FINISH_REASONS] = (str(reason),)
        if attributes.get(semconv.GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS) == 0:
            del attributes[semconv.GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]
        subject = attributes.get(semconv.GEN_AI_TOOL_NAME) or attributes.get(
            semconv.GEN_AI_REQUEST_MODEL
        )
        return changed(
            span, attributes, f"{operation} {subject}" if operation and subject else None
        )

    return normalise(SCOPE, canonical)


def _tells_itself() -> bool:
    """Whether the installed version makes its spans; only those that do depend on OpenTelemetry's API."""
    if os.environ.get("ANTHROPIC_OPEN_TELEMETRY", "").lower() == "false":
        return False
    try:
        return any(each.startswith("opentelemetry-api") for each in requires("anthropic") or ())
    except PackageNotFoundError:
        return True


def _provider(client: object) -> str:
    kind = type(client).__name__
    return (
        "aws.bedrock" if "Bedrock" in kind else "gcp.vertex_ai" if "Vertex" in kind else "anthropic"
    )


def _begin(call: Call) -> Operation:
    asked, client = call.kwargs, value_of(call.instance, "_client")
    model = text_of(asked.get("model"))
    attributes = {
        semconv.GEN_AI_REQUEST_MODEL: model,
        **server(value_of(client, "base_url")),
        **asked_parameters(asked),
    }
    return Operation("chat", model, _provider(client), attributes, lambda: asked_content(asked))


def _begin_stream(call: Call) -> Operation:
    operation = _begin(call)
    operation.attributes = {**operation.attributes, semconv.GEN_AI_REQUEST_STREAM: True}
    return operation


_REQUEST: Final = Target("anthropic", "request", lambda call: None, answered, MessageFold)


def _follow_manager(manager: Any, invocation: Invocation) -> Any:
    """End `invocation` with the stream that `manager` asks for when the program enters it."""
    name = next(name for name in vars(manager) if name.endswith("__api_request"))
    request = getattr(manager, name)

    def ask() -> Any:
        token = otel.attach(invocation.context)
        try:
            stream = request()
        except BaseException as error:
            invocation.fail(error)
            raise
        finally:
            otel.detach(token)
        return followed(stream, invocation, _REQUEST)

    # An asynchronous manager holds the coroutine itself.
    setattr(manager, name, ask if callable(request) else followed(request, invocation, _REQUEST))
    return manager


def _targets() -> list[Target]:
    follow = follow_raw(answered, MessageFold)
    return [
        target
        for module in ("anthropic.resources.messages", "anthropic.resources.beta.messages")
        for prefix in ("", "Async")
        for target in (
            Target(f"{module}.messages", f"{prefix}Messages.create", _begin, follow=follow),
            Target(
                f"{module}.messages", f"{prefix}Messages.parse", _begin, answered, optional=True
            ),
            Target(
                f"{module}.messages",
                f"{prefix}Messages.stream",
                _begin_stream,
                follow=_follow_manager,
            ),
        )
    ]


def library() -> Library:
    """How the installed version is traced."""
    if _tells_itself():
        return Library(
            "anthropic", "anthropic", "anthropic",
            switch=_switch, environment=_environment, native=True,
        )  # fmt: skip
    return Library("anthropic", "anthropic", "anthropic", "0.50", targets=_targets())


LIBRARY = library()
