"""What `instrument()` is told, by argument and by environment; what cannot be used is refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from spanhouse.instrumentation.content import PATTERNS
from spanhouse.instrumentation.settings import InvalidSettings, decide


def settings(environment: dict[str, str] | None = None, **arguments: Any) -> Any:
    return decide(environment=environment or {}, known=("openai", "anthropic"), **arguments)


def test_without_a_word_it_goes_to_this_machine_with_content() -> None:
    found = settings()
    assert (found.endpoint, found.protocol, found.explicit) == (
        "http://127.0.0.1:4318",
        "http/protobuf",
        False,
    )
    assert (found.project, found.api_key, found.headers) == (None, None, {})
    assert (found.content.spans, found.content.events, found.content.limit) == (True, False, 32_768)
    assert found.content.redact == (PATTERNS["keys"],)
    assert (found.include, found.exclude, found.http_spans) == (None, frozenset(), False)
    assert settings(protocol="grpc").endpoint == "http://127.0.0.1:4317"


def test_an_argument_goes_before_a_variable_of_ours_and_that_before_opentelemetry_s() -> None:
    variables = {
        "SPANHOUSE_ENDPOINT": "http://ours:4318", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://theirs:4318",
        "SPANHOUSE_PROJECT": "shop", "SPANHOUSE_API_KEY": "k", "OTEL_SERVICE_NAME": "cart",
    }  # fmt: skip
    named = settings(
        variables, endpoint="http://named:4318", project="p", api_key="q", service_name="s"
    )
    assert (named.endpoint, named.service_name) == ("http://named:4318", "s")
    assert named.headers == {"x-spanhouse-project": "p", "authorization": "Bearer q"}
    ours = settings(variables)
    assert (ours.endpoint, ours.explicit, ours.service_name) == ("http://ours:4318", True, "cart")
    assert ours.headers == {"x-spanhouse-project": "shop", "authorization": "Bearer k"}
    theirs = settings({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://theirs:4318"})
    assert (theirs.endpoint, theirs.explicit) == (None, False)


@pytest.mark.parametrize(
    ("told", "captured"),
    [("false", (False, False)), ("NO_CONTENT", (False, False)), ("SPAN_ONLY", (True, False)),
     ("event_only", (False, True)), ("SPAN_AND_EVENT", (True, True)), ("true", (True, False))],
)  # fmt: skip
def test_content_is_told_in_opentelemetry_s_words(told: str, captured: tuple[bool, bool]) -> None:
    by_variable = settings({"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": told}).content
    by_argument = settings({"SPANHOUSE_CONTENT": "true"}, content=told).content
    assert (by_variable.spans, by_variable.events) == captured
    assert (by_argument.spans, by_argument.events) == captured


def test_opentelemetry_s_list_of_disabled_instrumentations_is_heeded() -> None:
    variables = {"OTEL_PYTHON_DISABLED_INSTRUMENTATIONS": "redis, spanhouse-openai"}
    assert settings(variables, exclude=["anthropic"]).exclude == {"openai", "anthropic"}


@pytest.mark.parametrize(
    ("arguments", "variables", "sentence"),
    [
        ({"endpoint": "localhost:4318"}, {}, "endpoint 'localhost:4318' is no address: it begins with http:// or https://"),
        ({"protocol": "http/json"}, {}, "protocol 'http/json' is not known: it is one of http/protobuf, grpc"),
        ({"include": ["opnai"]}, {}, "include names 'opnai': known are anthropic, openai"),
        ({"exclude": "x"}, {}, "exclude names 'x': known are anthropic, openai"),
        ({"redact": ["ssn"]}, {}, "redact names 'ssn': it is a function, or one of keys, email, cards"),
        ({"content_limit": 0}, {}, "content_limit is 0: it is a number of characters from 1"),
        ({}, {"SPANHOUSE_HTTP_SPANS": "maybe"}, "SPANHOUSE_HTTP_SPANS is 'maybe': it is true or false"),
        (
            {}, {"SPANHOUSE_CONTENT": "some"},
            "content is 'some': it is True or False, or one of "
            "no_content, false, span_only, true, event_only, span_and_event",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(
    arguments: dict[str, Any], variables: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        settings(variables, **arguments)
    assert str(refused.value) == sentence
