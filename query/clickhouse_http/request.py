"""What a client of ClickHouse asks: SQL, parameters, settings, credentials, wherever in a request they stand."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

from ..user_sql import allowed
from .blocks import BlockError, decompressed
from .encodings import EncodingError
from .encodings import decompressed as decoded
from .errors import (
    BAD_ARGUMENTS,
    CANNOT_DECOMPRESS,
    READONLY,
    UNKNOWN_DATABASE,
    ClickHouseError,
)

MAX_BODY_BYTES = 16 << 20

_QUERY_ID = re.compile(r"[\w.:-]{1,200}", re.ASCII)

# Of the interface itself; all others are settings of the query.
_RESERVED = frozenset(
    {
        "buffer_size",
        "client_protocol_version",
        "close_session",
        "compress",
        "database",
        "decompress",
    }
    | {"default_format", "enable_http_compression", "http_headers_progress_interval_ms", "password"}
    | {"query", "query_id", "quota_key", "role", "send_progress_in_http_headers", "session_check"}
    | {"session_id", "session_timeout", "stacktrace", "user", "wait_end_of_query"}
)
# Settings that clients send as a matter of course and that change nothing of an answer here: of inserts, of the
# connection, of logs; and those that could only make it less strict.
_IGNORED = re.compile(
    r"(async_|wait_for_|input_format_|insert_|max_insert_|min_insert_|http_|connect_|send_|receive_|log_|opentelemetry_|"
    r"allow_experimental_|allow_suspicious_|enable_json_|enable_time_|enable_dynamic|enable_variant|use_query_cache$|"
    r"query_cache_|cancel_http_|max_concurrent_|max_memory_usage_for_user$|network_|readonly$|select_sequential|mutations_|"
    r"keeper_|add_http_cors_header$|output_format_parallel_formatting$|custom_)"
)


@dataclass(frozen=True)
class ClickHouseRequest:
    """One request, understood."""

    sql: str
    user: str
    password: str
    parameters: dict[str, str]
    """As they came, in the escapes of TabSeparated."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Allowed ones."""
    default_format: str | None = None
    query_id: str | None = None
    protocol_version: int = 0
    """Of Native, as `client_protocol_version` has it."""
    blocks: bool = False
    """Whether the answer is to be compressed in ClickHouse's own blocks."""
    accept_encoding: str = ""
    """"" where HTTP compression is not asked for."""
    waits: bool = False
    """Whether the answer is sent when it is complete."""
    session_id: str = ""


def understood(query_string: str, headers: Mapping[str, str], body: bytes) -> ClickHouseRequest:
    """A request from its parts; header names in lower case.

    Raises:
        ClickHouseError: something in it is not possible here.
    """
    arguments = dict(parse_qsl(query_string, keep_blank_values=True))
    body = _plain(body, headers.get("content-encoding", ""), arguments)
    if headers.get("content-type", "").startswith("multipart/form-data"):
        fields = _fields(headers["content-type"], body)
        body = fields.pop("query", "").encode()
        arguments |= fields
    user, password = _credentials(arguments, headers)
    _check_database(arguments.get("database") or headers.get("x-clickhouse-database", ""))
    texts = (arguments.get("query", ""), body.decode(errors="surrogateescape"))
    encodings = headers.get("accept-encoding", "")
    return ClickHouseRequest(
        sql="\n".join(text for text in texts if text),
        user=user,
        password=password,
        parameters={
            name.removeprefix("param_"): value
            for name, value in arguments.items()
            if name.startswith("param_")
        },
        settings=_settings(arguments),
        default_format=arguments.get("default_format") or headers.get("x-clickhouse-format"),
        query_id=_query_id(arguments.get("query_id") or headers.get("x-clickhouse-query-id")),
        protocol_version=_number(arguments.get("client_protocol_version", "")),
        blocks=_is_on(arguments.get("compress", "")),
        accept_encoding=encodings if _is_on(arguments.get("enable_http_compression", "")) else "",
        waits=_is_on(arguments.get("wait_end_of_query", "")),
        session_id=arguments.get("session_id", ""),
    )


def _plain(body: bytes, encoding: str, arguments: Mapping[str, str]) -> bytes:
    try:
        if encoding not in ("", "identity"):
            body = decoded(body, encoding, MAX_BODY_BYTES)
        if _is_on(arguments.get("decompress", "")):
            body = decompressed(body, MAX_BODY_BYTES)
    except (EncodingError, BlockError) as error:
        raise ClickHouseError(
            CANNOT_DECOMPRESS, f"cannot decompress the request: {error}"
        ) from error
    return body


def _fields(content_type: str, body: bytes) -> dict[str, str]:
    """The parts of a form: `query`, and parameters that are too long for a URL."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    form = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    found = {}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            found[name] = content.decode(errors="surrogateescape")
    return found


def _credentials(arguments: Mapping[str, str], headers: Mapping[str, str]) -> tuple[str, str]:
    if "x-clickhouse-user" in headers or "x-clickhouse-key" in headers:
        return headers.get("x-clickhouse-user", ""), headers.get("x-clickhouse-key", "")
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            user, _, password = base64.b64decode(token, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", token
        return user, password
    if scheme.lower() == "bearer":
        return "", token.strip()
    return arguments.get("user", ""), arguments.get("password", "")


def _check_database(name: str) -> None:
    if name and name not in allowed.DATABASES:
        raise ClickHouseError(
            UNKNOWN_DATABASE,
            f"Database {name} does not exist; there is `spanhouse`, which is the default",
        )


def _query_id(text: str | None) -> str | None:
    # It comes back in a header.
    if text and not _QUERY_ID.fullmatch(text):
        raise ClickHouseError(
            BAD_ARGUMENTS,
            f"the query_id {text!r} has other characters than letters, digits and .:_- or more than 200",
        )
    return text or None


def _settings(arguments: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for name, value in arguments.items():
        if name in _RESERVED or name.startswith("param_"):
            continue
        if name in allowed.SETTINGS:
            found[name] = value
        elif not _IGNORED.match(name):
            raise ClickHouseError(READONLY, f"Cannot modify '{name}' setting in readonly mode")
    return found


def _is_on(text: str) -> bool:
    return text.lower() in ("1", "true")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
