"""Nested values as text and type, and back: nothing is lost, whatever the value."""

from __future__ import annotations

import base64
import math
from typing import Any

import pytest
from google.protobuf import json_format
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.proto.common.v1.common_pb2 import AnyValue

from spanhouse.collector.otlp.envelope import Request
from spanhouse.collector.otlp.refusal import Malformed
from spanhouse.collector.otlp.rewrite import rewrite
from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES, Signal
from spanhouse.query.views.otlp.values import any_value as stored_any_value
from tests.flow.messages import Empty, any_value, gauges, key_values, logs, traces

_TYPES = {5: "array", 6: "kvlist", 7: "bytes", 8: "any"}

scalars = st.one_of(
    st.text(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.binary(),
    st.just(Empty),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def _rewrite(signal: Signal, body: bytes) -> bytes:
    return rewrite(signal, Request(body, "", "sender", "grpc", 1)).body


def _rewritten(value: Any) -> Any:
    """The value of a span's one attribute after the rewrite."""
    request = traces(1)
    request.resource_spans[0].scope_spans[0].spans[0].attributes.add(key="k").value.CopyFrom(value)
    after: Any = TRACES.request.FromString(_rewrite(TRACES, request.SerializeToString()))
    return after.resource_spans[0].scope_spans[0].spans[0].attributes[0].value


def _text_and_type(value: Any) -> tuple[str, str] | None:
    """What the views store of a rewritten value; None where it was left as it was."""
    marked, unmarked = value.SerializeToString(), type(value)()
    unmarked.CopyFrom(value)
    unmarked.DiscardUnknownFields()
    marker = marked.replace(unmarked.SerializeToString(), b"")
    if not marker:
        return None
    assert marker[:2] == b"\xa8\x06"
    return unmarked.string_value, _TYPES[marker[2]]


def _same(one: Any, other: Any) -> bool:
    """By what OTLP's JSON encoding says, NaN equal to itself."""
    left, right = (json_format.MessageToDict(value) for value in (one, other))
    return left == right


@settings(max_examples=400, deadline=None)
@given(values)
def test_any_value_comes_back(value: Any) -> None:
    """AnyValue -> text and type -> AnyValue, or left to SQL where SQL maps it."""
    sent = any_value(value)
    after = _rewritten(sent)
    stored = _text_and_type(after)
    if stored is None:
        assert after == sent or _same(after, sent)
        return
    back = json_format.ParseDict(stored_any_value(*stored), AnyValue())
    assert _same(back, sent)


@pytest.mark.parametrize(
    ("value", "text", "type"),
    [
        ({"a": 1, "b": [1.0, "x", None]}, '{"a":1,"b":[1.0,"x",null]}', "kvlist"),
        ({}, "{}", "kvlist"),
        ([[1], []], "[[1],[]]", "array"),
        ([{"é": "\U0001f600"}], '[{"é":"\U0001f600"}]', "array"),
        ([True, {"a": False}], '[true,{"a":false}]', "array"),
        ([1, 2.0, -3], "[1,2.0,-3]", "array"),
        ([None], "[null]", "array"),
        (b"\x00\xff", "AP8=", "bytes"),
        ([b"\x00"], '{"arrayValue": {"values": [{"bytesValue": "AA=="}]}}', "any"),
        ([math.inf], '{"arrayValue": {"values": [{"doubleValue": "Infinity"}]}}', "any"),
    ],
)
def test_plain_json_where_it_says_everything(value: Any, text: str, type: str) -> None:
    """Else OTLP's own encoding of the value."""
    value = _with_empty(value)
    assert _text_and_type(_rewritten(any_value(value))) == (text, type)


def _with_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_empty(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_empty(item) for item in value]
    return Empty if value is None else value


def test_repeated_keys_are_kept() -> None:
    """A JSON object could hold only one of them."""
    value = AnyValue()
    value.kvlist_value.values.extend([*key_values({"a": 1}), *key_values({"a": 2})])
    stored = _text_and_type(_rewritten(value))
    assert stored is not None
    assert stored[1] == "any"
    assert json_format.ParseDict(stored_any_value(*stored), AnyValue()) == value


def test_values_are_found_wherever_they_stand() -> None:
    """Resource, scope, event, link; body; exemplar."""
    nested = {"k": {"a": 1}}
    request = traces(1, nested)
    span = request.resource_spans[0].scope_spans[0].spans[0]
    for holder in (
        request.resource_spans[0].scope_spans[0].scope,
        span.events.add(),
        span.links.add(),
    ):
        holder.attributes.extend(key_values(nested))
    metrics = gauges([1])
    point = metrics.resource_metrics[0].scope_metrics[0].metrics[0].gauge.data_points[0]
    point.exemplars.add().filtered_attributes.extend(key_values(nested))
    cases: list[tuple[Signal, Any, int]] = [
        (TRACES, request, 4),
        (LOGS, logs([{"a": 1}]), 1),
        (METRICS, metrics, 1),
    ]
    for signal, sent, count in cases:
        assert _rewrite(signal, sent.SerializeToString()).count(b'{"a":1}') == count


def test_a_field_that_a_sender_has_no_business_to_send_is_dropped() -> None:
    """101 says that a string is another value's text: what is no JSON must not be stored as such."""
    value = AnyValue.FromString(b"\x0a\x08not json\xa8\x06\x06")
    assert value.SerializeToString() != AnyValue(string_value="not json").SerializeToString()
    assert _rewritten(value) == AnyValue(string_value="not json")


@pytest.mark.parametrize("body", [b"\xff", b"\x0a\x01", base64.b64decode("CgIKIQ==")])
def test_what_is_no_request_is_malformed(body: bytes) -> None:
    """With its size and what it was taken for."""
    with pytest.raises(
        Malformed, match=rf"\({len(body)} bytes\) as a protobuf .*ExportLogsServiceRequest"
    ):
        _rewrite(LOGS, body)
