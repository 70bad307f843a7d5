"""Windows of time as a model writes them: `1h`, `7d`, or a time in ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from mcp.server.mcpserver.exceptions import ToolError

_AGO = re.compile(r"(\d{1,6})\s*(s|m|h|d|w)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def nano_of(text: str, now_nano: int) -> int:
    """Unix nanoseconds of a time, or of a duration before now; `now` is now.

    Raises:
        ToolError: it is neither.
    """
    text = text.strip()
    if text == "now":
        return now_nano
    if ago := _AGO.fullmatch(text):
        return max(0, now_nano - int(ago[1]) * _SECONDS[ago[2]] * 10**9)
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise ToolError(
            f"cannot read the time {text!r}: write how long ago (15m, 1h, 7d), `now`, or ISO 8601 as in "
            "2026-01-31T12:00:00Z"
        ) from None
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    seconds = (time - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
    return max(0, int(seconds)) * 10**9


def time_text(unix_nano: str) -> str:
    """A time to the millisecond, in UTC."""
    nano = int(unix_nano)
    time = datetime.fromtimestamp(nano // 10**9, UTC)
    return f"{time:%Y-%m-%dT%H:%M:%S}.{nano // 10**6 % 1000:03}Z"
