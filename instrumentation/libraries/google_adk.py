"""Google ADK: workflows, agents, tools and model calls, by the library's own spans with the newest names and content.

    from google.adk.agents import LlmAgent
    import spanhouse

    spanhouse.instrument()
    root_agent = LlmAgent(name="helper", model="gemini-2.5-flash")

A model call is told by the library, and not once more by the provider's SDK beneath it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from .. import semconv
from ..engine import Library, Undo
from ..messages import parsed
from ..native import STABILITY_OPT_IN, changed, governed, normalise, opt_in, role, with_error_type
from ..operation import MODEL_CALLS

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.util.types import AttributeValue

    from ..content import ContentPolicy
    from ..telemetry import Telemetry

_SCOPE: Final = "gcp.vertex.agent"
_REPEATED: Final = frozenset({
    "gen_ai.system", "gcp.vertex.agent.llm_request", "gcp.vertex.agent.llm_response",
    "gcp.vertex.agent.tool_call_args", "gcp.vertex.agent.tool_response",
})  # fmt: skip
"""What the conventions' attributes say already."""


def _environment(policy: ContentPolicy) -> Mapping[str, str]:
    return {
        STABILITY_OPT_IN: opt_in(policy),
        "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_ONLY"
        if policy.spans
        else "NO_CONTENT",
        "ADK_CAPTURE_MESSAGE_CONTENT_IN_SPANS": str(policy.spans).lower(),
    }


def _normalised(span: ReadableSpan, policy: ContentPolicy) -> ReadableSpan:
    attributes: dict[str, AttributeValue] = {
        key: value
        for key, value in (span.attributes or {}).items()
        if key not in _REPEATED and value != ""
    }
    if attributes.get(semconv.GEN_AI_OPERATION_NAME) not in MODEL_CALLS:
        attributes = {
            key: value for key, value in attributes.items() if not key.startswith("gen_ai.usage.")
        }
    if attributes.get(semconv.GEN_AI_TOOL_TYPE) is not None:
        attributes[semconv.GEN_AI_TOOL_TYPE] = "function"
    said: Any = parsed(attributes.get(semconv.GEN_AI_INPUT_MESSAGES))
    if isinstance(said, list):
        attributes[semconv.GEN_AI_INPUT_MESSAGES] = json.dumps(
            [{**each, "role": role(each)} for each in said]
        )
    return changed(span, governed(with_error_type(span, attributes), policy))


def _switch(telemetry: Telemetry) -> Undo:
    return normalise(_SCOPE, lambda span: _normalised(span, telemetry.content))


LIBRARY = Library(
    "google_adk",
    "google-adk",
    "google.adk",
    "2.0",
    switch=_switch,
    environment=_environment,
    native=True,
)
