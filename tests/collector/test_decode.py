"""Bodies as senders encode them, as attackers do, and as they look when cut off."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
import zstandard

from spanhouse.collector.otlp.decode import decompress, protobuf_of_json
from spanhouse.collector.otlp.refusal import Malformed, TooLarge
from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES

BODY = b"".join(b"%d," % number for number in range(50_000))
LIMIT = len(BODY)


def _zstd_stream(data: bytes) -> bytes:
    """Without the content's size in the header, as a streaming sender writes it."""
    compressor = zstandard.ZstdCompressor().compressobj()
    return compressor.compress(data) + compressor.flush()


ENCODERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "gzip in capitals": (" GZIP ", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "zstd": ("zstd", zstandard.ZstdCompressor().compress),
    "zstd streamed": ("zstd", _zstd_stream),
    "identity": ("identity", bytes),
    "none": ("", bytes),
}
COMPRESSED = pytest.mark.parametrize(
    ("encoding", "encode"),
    [pytest.param(*value, id=name) for name, value in ENCODERS.items() if value[1] is not bytes],
)


@pytest.mark.parametrize(
    ("encoding", "encode"), [pytest.param(*value, id=name) for name, value in ENCODERS.items()]
)
@pytest.mark.parametrize("data", [BODY, b"", b"x"], ids=["large", "empty", "one byte"])
def test_a_body_is_decompressed(
    encoding: str, encode: Callable[[bytes], bytes], data: bytes
) -> None:
    """Exactly at the limit is within it."""
    assert decompress(encode(data), encoding, LIMIT) == data


@COMPRESSED
def test_a_body_over_the_limit_is_refused(encoding: str, encode: Callable[[bytes], bytes]) -> None:
    """One byte over."""
    with pytest.raises(TooLarge, match=f"more than {LIMIT - 1} bytes after decompression"):
        decompress(encode(BODY), encoding, LIMIT - 1)


@COMPRESSED
def test_a_bomb_is_not_unpacked(encoding: str, encode: Callable[[bytes], bytes]) -> None:
    """A gigabyte of zeros in some kilobytes or a megabyte; refused after a small part of it."""
    bomb = encode(bytes(1 << 28)) * 4
    with pytest.raises(TooLarge):
        decompress(bomb, encoding, 1 << 20)


@COMPRESSED
@pytest.mark.parametrize("missing", [1, 4, 100])
def test_a_body_that_is_cut_off_is_malformed(
    encoding: str, encode: Callable[[bytes], bytes], missing: int
) -> None:
    """However little is missing: what is there could pass for a whole request."""
    with pytest.raises(Malformed, match="cannot decompress the body"):
        decompress(encode(BODY)[:-missing], encoding, LIMIT)


@COMPRESSED
def test_all_members_of_a_body_are_read(encoding: str, encode: Callable[[bytes], bytes]) -> None:
    """gzip and zstd allow several in a row; ignoring the rest would lose it in silence."""
    assert decompress(encode(b"first") + encode(b"second"), encoding, LIMIT) == b"firstsecond"


@COMPRESSED
def test_rubbish_after_the_end_is_malformed(
    encoding: str, encode: Callable[[bytes], bytes]
) -> None:
    """It is no second member."""
    with pytest.raises(Malformed):
        decompress(encode(b"first") + b"rubbish rubbish rubbish", encoding, LIMIT)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd"])
def test_what_is_not_in_its_encoding_is_malformed(encoding: str) -> None:
    """The message names the encoding."""
    with pytest.raises(Malformed, match=encoding.strip()):
        decompress(b"this is not compressed at all", encoding, LIMIT)


def test_an_unknown_encoding_is_named() -> None:
    """With what could be used instead."""
    with pytest.raises(
        Malformed, match="'br' is not supported: use gzip, zstd, deflate or identity"
    ):
        decompress(b"", "br", LIMIT)


def _json_span(**fields: Any) -> bytes:
    span = {"traceId": "0102030405060708090a0b0c0d0e0f10", "spanId": "a1b2c3d4e5f60718", **fields}
    return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}).encode()


def _span(body: bytes) -> Any:
    request: Any = TRACES.request.FromString(protobuf_of_json(TRACES, body))
    return request.resource_spans[0].scope_spans[0].spans[0]


def test_json_ids_are_hex_in_any_case() -> None:
    """OTLP's exception to protobuf's JSON mapping."""
    span = _span(
        _json_span(parentSpanId="A1B2C3D4E5F60718", links=[{"spanId": "00ff00ff00ff00ff"}])
    )
    assert span.trace_id.hex() == "0102030405060708090a0b0c0d0e0f10"
    assert span.parent_span_id == span.span_id == bytes.fromhex("a1b2c3d4e5f60718")
    assert span.links[0].span_id.hex() == "00ff00ff00ff00ff"


@pytest.mark.parametrize("written", ['"1767607200123456789"', "1767607200123456789"])
def test_json_times_keep_every_nanosecond(written: str) -> None:
    """As a string, as the mapping has it, and as a number, as some senders do."""
    body = _json_span(startTimeUnixNano="@").replace(b'"@"', written.encode())
    assert _span(body).start_time_unix_nano == 1767607200123456789


def test_json_attribute_named_like_an_id_is_left_alone() -> None:
    """Only fields of messages are ids."""
    span = _span(_json_span(attributes=[{"key": "traceId", "value": {"stringValue": "not hex"}}]))
    assert span.attributes[0].value.string_value == "not hex"


def test_json_in_the_names_of_the_proto_file_is_read() -> None:
    """Protobuf's JSON mapping has readers take both."""
    assert (
        _span(_json_span(start_time_unix_nano="5", parent_span_id="ff" * 8)).start_time_unix_nano
        == 5
    )


def test_json_fields_of_a_later_version_are_ignored() -> None:
    """OTLP, "JSON Protobuf Encoding": receivers must."""
    assert _span(_json_span(name="a", newField={"x": [1]}, kind=2)).name == "a"


def test_json_bytes_are_base64() -> None:
    """Values, unlike ids."""
    span = _span(_json_span(attributes=[{"key": "k", "value": {"bytesValue": "AP8B"}}]))
    assert span.attributes[0].value.bytes_value == b"\x00\xff\x01"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"5",
        b"{",
        b"\xff\xfe",
        b'{"resourceSpans": 5}',
        b'{"resourceSpans": {}}',
        b'{"resourceSpans": [5]}',
        b'{"resourceSpans": [{"scopeSpans": [null]}]}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        _json_span(traceId="xyz"),
        _json_span(traceId="\ud800"),
        _json_span(name="\ud800"),
        _json_span(name=5),
        _json_span(startTimeUnixNano=-1),
        _json_span(startTimeUnixNano="9" * 5000),
        _json_span(startTimeUnixNano=1e300),
        _json_span(kind={"a": 1}),
        _json_span(attributes=[{"key": "k", "value": {"intValue": "x"}}]),
        _json_span(attributes=[{"key": "k", "value": {"stringValue": "a", "intValue": 1}}]),
    ],
    ids=lambda body: repr(body[-40:]),
)
def test_json_of_another_shape_is_malformed(body: bytes) -> None:
    """With a message that can be sent back."""
    with pytest.raises(Malformed) as refused:
        protobuf_of_json(TRACES, body)
    str(refused.value).encode()


@pytest.mark.parametrize("signal", [TRACES, LOGS, METRICS], ids=lambda signal: signal.name)
def test_json_object_without_anything_is_an_empty_request(signal: Any) -> None:
    """Valid, and nothing in it."""
    assert protobuf_of_json(signal, b"{}") == b""
