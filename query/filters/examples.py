"""Queries that teach the language, for the page's cheat sheet; each is one by test."""

from __future__ import annotations

SPAN_EXAMPLES = (
    ("cart", "spans with the word in a name, status message or attribute value"),
    ('"GET /cart"', "the same of a text with blanks"),
    ("status = error and duration > 500ms", "failed and slow"),
    ("service in (web, api) and not kind = client", "of two services, without their calls"),
    ("http.response.status_code >= 500", "an attribute compared as a number"),
    ('name ~ "^(GET|POST) /cart"', "a regular expression (RE2)"),
    ("exists(gen_ai.request.model)", "what has an attribute"),
    ("operation = chat and input_tokens > 10000", "model calls with a long prompt"),
    ("event.exception.type = CardError", "an attribute of an event"),
    ("resource.deployment.environment.name = prod", "an attribute of the resource alone"),
    ("trace.duration > 10s", "spans of traces that took long"),
    ("start > now-15m", "of the last quarter of an hour"),
    ("{ service = web } >> { status = error }", "failures anywhere below a span of web"),
    ("{ operation = invoke_agent } > { operation = execute_tool }", "tools that an agent called"),
)
LOG_EXAMPLES = (
    ("timeout", "records with the word in the body or an attribute value"),
    ('"no funds"', "the same of a text with blanks"),
    ("severity_number >= 17", "errors and worse, whatever the sender calls them"),
    ("severity in (WARN, ERROR) and service = checkout", "two severities of one service"),
    ('body ~ "took [0-9]{4,}ms"', "a regular expression (RE2) in the body"),
    ("exists(exception.type)", "what has an attribute"),
    ("event_name = gen_ai.evaluation.result", "records that are events"),
    ("not exists(trace_id)", "what was logged outside any trace"),
)
