"""What a program's prompts, answers and arguments become before they are written: plain JSON, redacted, of
bounded length.

Nothing is cut silently: a shortened text says how long it was, and bytes become a reference by size and digest.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Redact: TypeAlias = Callable[[str], str]

CHARACTER_LIMIT: Final = 32_768
"""Characters of one text; a longer one is shortened. The collector takes more, the page shows no more at once."""
ITEM_LIMIT: Final = 1_000
DEPTH_LIMIT: Final = 24


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of secret: one of `marks` is in any text that has it, and `shortest` is its least length, so that most
    texts are not scanned."""

    marks: tuple[str, ...]
    expression: re.Pattern[str]
    replacement: str
    counts: Callable[[str], bool] = lambda found: True
    shortest: int = 0

    def __call__(self, text: str) -> str:
        if len(text) < self.shortest or (self.marks and not self._marked(text)):
            return text
        return self.expression.sub(self._replace, text)

    def _marked(self, text: str) -> bool:
        for mark in self.marks:  # noqa: SIM110 - any() of a generator takes three times as long
            if mark in text:
                return True
        return False

    def _replace(self, match: re.Match[str]) -> str:
        return self.replacement if self.counts(match.group()) else match.group()


def _passes_luhn(found: str) -> bool:
    """ISO/IEC 7812-1 annex B; a number without it is no card."""
    digits = [int(character) for character in found if character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return len(digits) >= 13 and (sum(digits[::-2]) + sum(doubled)) % 10 == 0


PATTERNS: Final[Mapping[str, Pattern]] = {
    "keys": Pattern(
        ("sk-", "sk_", "rk_", "AKIA", "ASIA", "AIza", "gh", "github_pat_", "xox", "hf_",
         "eyJ", "PRIVATE KEY", "gsk_", "glpat-"),
        re.compile(
            r"\b(?:sk|rk|pk)[-_](?:[A-Za-z]+[-_])*[A-Za-z0-9_-]{16,}\b"
            r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
            r"|\bAIza[A-Za-z0-9_-]{35}"
            r"|\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{40,}\b|\bglpat-[A-Za-z0-9_-]{20,}"
            r"|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bhf_[A-Za-z0-9]{30,}\b|\bgsk_[A-Za-z0-9]{40,}\b"
            r"|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"
            r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]*PRIVATE KEY-----)?"
        ),
        "[key removed]",
        shortest=15,
    ),
    "email": Pattern(
        ("@",),
        re.compile(r"\b[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b"),
        "[e-mail removed]",
    ),
    "cards": Pattern((), re.compile(r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])"), "[card removed]", _passes_luhn, 13),
}  # fmt: skip
"""Name, as `instrument(redact=)` takes it -> what it removes."""


@dataclass(frozen=True, slots=True)
class ContentPolicy:
    """Whether and how content is written.

    `spans`: as attributes of the span. `events`: as the event `gen_ai.client.inference.operation.details`
    (OpenTelemetry GenAI conventions, events). `limit`: characters of one text. `redact`: called with every
    text, in order."""

    spans: bool = True
    events: bool = False
    limit: int = CHARACTER_LIMIT
    redact: Sequence[Redact] = field(default_factory=lambda: (PATTERNS["keys"],))

    def __bool__(self) -> bool:
        return self.spans or self.events

    def text(self, value: str) -> str:
        """`value` redacted, then shortened to `limit` characters, saying so."""
        length = len(value)
        # A secret that straddles the limit must be seen whole to be removed.
        shown = value if length <= self.limit else value[: self.limit + 512]
        for redact in self.redact:
            shown = redact(shown)
        if length <= self.limit:
            return shown
        return f"{shown[: self.limit]} … [{self.limit:,} of {length:,} characters]"

    def plain(self, value: object, depth: int = 0) -> object:
        """`value` as what JSON has: dictionaries, lists, texts, numbers, None; models by their fields, bytes by
        reference."""
        # What most values are comes first.
        if isinstance(value, str):
            return self.text(value)
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, bytes | bytearray | memoryview):
            return reference(bytes(value))
        if depth > DEPTH_LIMIT:
            return f"… [deeper than {DEPTH_LIMIT} levels]"
        if type(value) is dict or isinstance(value, Mapping):
            return {str(key): self.plain(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            items = list(value)
            plain = [self.plain(item, depth + 1) for item in items[:ITEM_LIMIT]]
            return (
                plain
                if len(items) <= ITEM_LIMIT
                else [*plain, f"… [{ITEM_LIMIT:,} of {len(items):,} items]"]
            )
        if (fields := fields_of(value)) is not None:
            return self.plain(fields, depth + 1)
        return self.text(str(value))

    def json(self, value: object) -> str:
        """`value` as compact JSON."""
        return json.dumps(self.plain(value), ensure_ascii=False, separators=(",", ":"))


def fields_of(value: object) -> Mapping[str, object] | None:
    """The fields of a pydantic model, a dataclass or a named tuple; None for anything else."""
    if callable(dump := getattr(value, "model_dump", None)) and not isinstance(value, type):
        dumped: Mapping[str, object] = dump(exclude_none=True)
        return dumped
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    return None


def reference(data: bytes, mime_type: str = "application/octet-stream") -> dict[str, object]:
    """What stands for bytes that are not written: {mime_type, byte_size, sha256}."""
    return {
        "mime_type": mime_type,
        "byte_size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def blob(
    modality: str, data: bytes | str, mime_type: str = "application/octet-stream"
) -> dict[str, object]:
    """A message part `blob` without its bytes; `data` as bytes or base64 text."""
    try:
        raw = base64.b64decode(data) if isinstance(data, str) else data
    except (binascii.Error, ValueError):
        raw = bytes(data, "utf-8") if isinstance(data, str) else data
    return {"type": "blob", "modality": modality, **reference(raw, mime_type)}


def media(modality: str, url: str) -> dict[str, object]:
    """A message part for an image or sound given by URL: `uri`, or `blob` by reference where the URL holds the
    data (RFC 2397)."""
    if not url.startswith("data:"):
        return {"type": "uri", "modality": modality, "uri": url}
    head, _, data = url[5:].partition(",")
    mime_type, *parameters = head.split(";")
    return blob(
        modality,
        data if "base64" in parameters else bytes(data, "utf-8"),
        mime_type or "text/plain",
    )
