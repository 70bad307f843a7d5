"""A rule as its document holds it, checked: what is asked, how often, when it fires and whom it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ..errors import InvalidQuestion

MIN_EVERY_SECONDS = 5


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Webhook(_Part):
    """A POST of JSON; anyone who may write alerts may make this server post there."""

    kind: Literal["webhook"]
    url: str = Field(max_length=2000)

    @field_validator("url")
    @classmethod
    def _is_http(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("a webhook is called by http or https, as in https://example.com/hook")
        return url

    @property
    def address(self) -> str:
        """Tells one channel of a rule from another."""
        return self.url


class Email(_Part):
    """A mail to each address."""

    kind: Literal["email"]
    to: list[Annotated[str, Field(pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+$", max_length=320)]] = Field(
        min_length=1, max_length=20
    )

    @property
    def address(self) -> str:
        """Tells one channel of a rule from another."""
        return "mailto:" + ",".join(self.to)


Channel = Annotated[Webhook | Email, Field(discriminator="kind")]


class Condition(_Part):
    """Of the first number of the first row, or of whether there are rows."""

    operator: Literal[">", ">=", "<", "<=", "rows"]
    threshold: float = 0

    def is_met(self, value: float) -> bool:
        """Of a value; `rows` is asked of their count."""
        match self.operator:
            case ">":
                return value > self.threshold
            case ">=":
                return value >= self.threshold
            case "<":
                return value < self.threshold
            case "<=":
                return value <= self.threshold
            case "rows":
                return value > 0


class Rule(_Part):
    """The body of a document of the kind `alert`."""

    sql: str = Field(min_length=1, max_length=100_000)
    condition: Condition
    for_seconds: int = Field(default=0, ge=0, le=7 * 86400)
    every_seconds: int = Field(default=60, ge=MIN_EVERY_SECONDS, le=86400)
    severity: Literal["info", "warning", "critical"] = "warning"
    channels: list[Channel] = Field(default=[], max_length=10)
    is_enabled: bool = True
    silenced_until_time_unix_nano: str = Field(default="0", pattern="^[0-9]{1,19}$")

    def is_silenced(self, now: int) -> bool:
        """Whether nobody is told for now."""
        return int(self.silenced_until_time_unix_nano) > now


def read_rule(body: Mapping[str, Any]) -> Rule:
    """The rule of a document.

    Raises:
        InvalidQuestion: it is none; the message says which part.
    """
    try:
        return Rule.model_validate(dict(body))
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()
        )
        raise InvalidQuestion(
            f"cannot read the alert: {wrong}; correct it and save it again"
        ) from error
