"""MCP: what a client asks and a server answers, by the library's own spans, under the conventions' names.

    from mcp.server import MCPServer
    import spanhouse

    spanhouse.instrument()
    MCPServer("weather").run()

A server's spans continue the client's trace. The library writes no arguments and no results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import semconv
from ..engine import Library, Undo
from ..native import changed, normalise

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

    from ..telemetry import Telemetry

_SENT = "MCP send "
"""How the library begins the name of a client's span; the conventions name both sides `{method} {tool or prompt}`."""
_SUBJECT = {"tools/call": semconv.GEN_AI_TOOL_NAME, "prompts/get": semconv.GEN_AI_PROMPT_NAME}


def _normalised(span: ReadableSpan) -> ReadableSpan:
    if not span.name.startswith(_SENT):
        return span
    name = span.name.removeprefix(_SENT)
    attributes = dict(span.attributes or {})
    method = str(attributes.get("mcp.method.name"))
    subject = name.removeprefix(method).strip()
    if subject and method in _SUBJECT:
        attributes[_SUBJECT[method]] = subject
    return changed(span, attributes, name)


def _switch(telemetry: Telemetry) -> Undo:
    return normalise("mcp-python-sdk", _normalised)


LIBRARY = Library("mcp", "mcp", "mcp", "2.0", switch=_switch, native=True)
