"""Why a question is not answered, and the one mapping of that to HTTP (RFC 9457 problem details).

QueryError
├── InvalidQuestion   400  the question cannot be understood; asking again is no use
│   └── InvalidQuery  400  the search language cannot be, and where
├── NotFound          404  what is asked for is not stored
├── Conflict          409  someone else changed it since it was read
├── TooExpensive      503  the answer would cost more than the settings allow
├── NotStored         503  the collector did not take what was to be saved
└── StoreFailed       503  ClickHouse refused or could not be reached
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from spanhouse.collector.store import StoreError

logger = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"

LIMIT_CODES = frozenset({158, 159, 160, 191, 241, 307, 394, 396})
"""ClickHouse's TOO_MANY_ROWS, TIMEOUT_EXCEEDED, TOO_SLOW, SET_SIZE_LIMIT_EXCEEDED, MEMORY_LIMIT_EXCEEDED,
TOO_MANY_BYTES, QUERY_WAS_CANCELLED, TOO_MANY_ROWS_OR_BYTES."""
# A ClickHouse message may carry the query; a person reads its beginning.
_MAX_STORE_WORDS = 500


class QueryError(Exception):
    """A question that is not answered; the message says what was tried, found, and is to be done."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    kind = "internal"
    title = "The question could not be answered"

    @property
    def extensions(self) -> dict[str, Any]:
        """Fields of the problem beside those that RFC 9457 names."""
        return {}


class InvalidQuestion(QueryError):
    """The question cannot be understood."""

    status = HTTPStatus.BAD_REQUEST
    kind = "invalid-question"
    title = "The question is not valid"


class InvalidQuery(InvalidQuestion):
    """A query in the search language cannot be understood; `offset` and `length` count characters."""

    kind = "invalid-query"
    title = "The query is not valid"

    def __init__(self, offset: int, length: int, found: str, expected: str, advice: str) -> None:
        super().__init__(
            f"cannot read the query at character {offset + 1}: found {found}, expected {expected}; {advice}"
        )
        self.offset = offset
        self.length = length
        self.found = found
        self.expected = expected
        self.advice = advice

    @property
    def extensions(self) -> dict[str, Any]:
        """Where and what, for a page that marks it."""
        names = ("offset", "length", "found", "expected", "advice")
        return {name: getattr(self, name) for name in names}


class NotFound(QueryError):
    """What is asked for is not stored."""

    status = HTTPStatus.NOT_FOUND
    kind = "not-found"
    title = "Not found"


class Conflict(QueryError):
    """What is to be changed is not what it was when it was read."""

    status = HTTPStatus.CONFLICT
    kind = "conflict"
    title = "Changed meanwhile"

    def __init__(self, message: str, updated_time_unix_nano: str) -> None:
        super().__init__(message)
        self.updated_time_unix_nano = updated_time_unix_nano

    @property
    def extensions(self) -> dict[str, Any]:
        """When it was changed, "0" where it is gone."""
        return {"updated_time_unix_nano": self.updated_time_unix_nano}


class TooExpensive(QueryError):
    """The answer would cost more than the settings allow."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    kind = "too-expensive"
    title = "The question is too expensive"

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        """ClickHouse's error code, where it stopped the query."""


class NotStored(QueryError):
    """The collector did not take what was to be saved."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    kind = "not-stored"
    title = "Not saved"


class StoreFailed(QueryError):
    """ClickHouse refused or could not be reached."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    kind = "store-failed"
    title = "The store did not answer"


def from_store(error: StoreError, operation: str) -> QueryError:
    """The store's error as the API tells it."""
    words = str(error)[:_MAX_STORE_WORDS]
    if error.code in LIMIT_CODES:
        return TooExpensive(
            f"{operation} was stopped because it reached a limit of this server: {words}; "
            "choose a shorter time window or more filters, or raise SPANHOUSE_QUERY_MAX_EXECUTION_SECONDS "
            "or SPANHOUSE_QUERY_MAX_MEMORY_BYTES"
        )
    return StoreFailed(f"{operation} could not be answered: the store said {words}")


def problem(
    request: Request, status: int, kind: str, title: str, detail: str, **extensions: Any
) -> Response:
    """A problem details response."""
    body = {
        "type": f"urn:spanhouse:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        **extensions,
    }
    return Response(orjson.dumps(body), status_code=status, media_type=PROBLEM_JSON)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem details response."""
    app.add_exception_handler(QueryError, _query_error)
    app.add_exception_handler(StoreError, _store_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected_error)


def _query_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, QueryError)
    return problem(request, error.status, error.kind, error.title, str(error), **error.extensions)


def _store_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, StoreError)
    logger.warning("%s %s: %s", request.method, request.url.path, error)
    route = request.scope.get("route")
    operation = getattr(route, "operation_id", None) or request.url.path
    return _query_error(request, from_store(error, operation))


def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [_parameter(item) for item in error.errors()]
    detail = "; ".join(
        f"cannot read {item['place']} parameter {item['parameter']!r}: found {item['found']!r}, "
        f"{item['expected']}"
        for item in wrong
    )
    invalid = InvalidQuestion
    return problem(
        request,
        invalid.status,
        invalid.kind,
        invalid.title,
        f"{detail}; correct it and ask again",
        errors=wrong,
    )


def _parameter(item: dict[str, Any]) -> dict[str, Any]:
    location: Sequence[Any] = item.get("loc", ())
    found = item.get("input")
    message = str(item.get("msg", "not valid"))
    return {
        "place": str(location[0]) if location else "request",
        "parameter": ".".join(str(part) for part in location[1:]),
        "found": found if isinstance(found, str | int | float | bool | None) else str(found),
        "expected": message[:1].lower() + message[1:],
    }


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    if error.status_code == HTTPStatus.NOT_FOUND:
        detail = f"nothing answers {request.method} {request.url.path}; /openapi.json lists what there is"
    else:
        detail = f"{request.method} {request.url.path}: {error.detail}"
    response = problem(request, error.status_code, title.lower().replace(" ", "-"), title, detail)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _unexpected_error(request: Request, error: Exception) -> Response:
    logger.exception("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal",
        QueryError.title,
        f"{request.method} {request.url.path} failed with {type(error).__name__}; this is a bug in spanhouse, the "
        "server's log has the traceback",
    )
