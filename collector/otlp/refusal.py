"""Why a request is not accepted; each door says it in its own words (gRPC status, HTTP status)."""

from __future__ import annotations


class Refusal(Exception):
    """A request was not accepted.

    Refusal
    ├── Malformed        the body is not what it claims to be; do not retry
    ├── TooLarge         larger than the limit; do not retry
    ├── Unauthenticated  the API key is missing or not known; do not retry
    └── Busy             come back after `retry_seconds`
        ├── QueueFull    more is waiting than the bounded queue holds
        └── Unavailable  the disk is full, ClickHouse does not answer, or the collector is stopping
    """

    reason = "refused"
    """As in the ledger."""


class Malformed(Refusal):
    """The body is not what it claims to be."""

    reason = "malformed request"


class TooLarge(Refusal):
    """The body is larger than the limit, before or after decompression."""

    reason = "request too large"


class Unauthenticated(Refusal):
    """The API key is missing or not known."""

    reason = "unauthenticated"


class Busy(Refusal):
    """Not now."""

    def __init__(self, message: str, retry_seconds: int) -> None:
        super().__init__(message)
        self.retry_seconds = retry_seconds
        """When to come back."""


class QueueFull(Busy):
    """The bounded queue is full."""

    reason = "queue full"


class Unavailable(Busy):
    """The store cannot take it now."""

    reason = "unavailable"
