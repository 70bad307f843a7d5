"""Responses that a program parses itself, as SDKs made by Stainless give them (OpenAI, Groq):
`with_raw_response`, `with_streaming_response`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..engine import Target, followed
from ..errors import guarded
from ..messages import value_of
from ..operation import Answer, Invocation
from ..streams import Fold, is_awaitable


def follow_raw(
    answer: Callable[[Any], Answer], fold: Callable[[], Fold]
) -> Callable[[Any, Invocation], Any]:
    """`follow` for what `create` returns: the answer, or a response that the program parses
    (`with_raw_response`, `with_streaming_response`)."""
    inner = Target("openai", "response.parse", lambda call: None, answer, fold)

    def follow(result: Any, invocation: Invocation) -> Any:
        if not hasattr(result, "http_response") or not callable(getattr(result, "parse", None)):
            return followed(result, invocation, inner)
        if type(result).__name__ == "LegacyAPIResponse" and not value_of(result, "_stream"):
            # Its body is here already; parsing it once more costs the program nothing, the SDK keeps what it parsed.
            with guarded("parsing a raw response"):
                invocation.answer(answer(result.parse()))
            invocation.end()
        else:
            _follow_parse(result, invocation, inner)
        return result

    return follow


def _follow_parse(result: Any, invocation: Invocation, inner: Target) -> None:
    """End `invocation` with what the program parses, or when it closes the response without that."""
    parse, close = result.parse, getattr(result, "close", None)
    held: list[Any] = []

    def parse_once(*args: Any, **kwargs: Any) -> Any:
        if held and not is_awaitable(held[0]):
            return held[0]
        held[:] = [followed(parse(*args, **kwargs), invocation, inner)]
        return held[0]

    def close_and_end(*args: Any, **kwargs: Any) -> Any:
        invocation.end()
        return close(*args, **kwargs) if close is not None else None

    result.parse = parse_once
    if close is not None:
        result.close = close_and_end
