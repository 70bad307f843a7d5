"""A digest as Markdown: headings with "N of M", a line for an item, span ids to ask further with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import BaseModel

from ..answers.digest import Digest, DigestCard, DigestError, DigestSpans, DigestStep
from .card_text import cut_text, failure_text
from .durations import duration_text

_TIMES = "\N{MULTIPLICATION SIGN}"


def digest_markdown(digest: Digest) -> str:
    """The whole digest; ends with a line break."""
    total = digest.duration_nano
    blocks = [
        _head(digest),
        _section("Errors", "kinds", digest.errors, digest.errors_count, total),
        _section("Critical path", "steps", digest.critical_path, digest.critical_path_count, total),
        _section("Spans", "lines", digest.spans, digest.spans_count, total),
        _section("Transcript", "cards", digest.transcript, digest.transcript_count, total),
    ]
    return "\n".join(block for block in blocks if block)


def item_markdown(item: BaseModel, total_nano: int) -> str:
    """The lines of one item; shares are of `total_nano`."""
    match item:
        case DigestError():
            return _error(item)
        case DigestStep():
            share = _percent(item.duration_nano, total_nano)
            times = f" {_TIMES}{item.count}" if item.count > 1 else ""
            took = duration_text(item.duration_nano)
            return (
                f"- {took} ({share}) `{item.name}`{times} of {item.service}, span {item.span_id}\n"
            )
        case DigestSpans():
            return _spans(item)
        case DigestCard():
            return _card(item)
        case _:
            raise TypeError(f"cannot show {type(item).__name__}: it is no item of a digest")


def _section(title: str, noun: str, items: Sequence[BaseModel], count: int, total_nano: int) -> str:
    if not count:
        return ""
    lines = [item_markdown(item, total_nano) for item in items]
    return f"## {title} ({len(items)} of {count} {noun})\n\n{''.join(lines)}"


def _head(digest: Digest) -> str:
    usage = digest.usage
    started = datetime.fromtimestamp(int(digest.start_time_unix_nano) // 10**9, UTC)
    read = (
        ""
        if digest.shown_span_count == digest.span_count
        else f", the first {digest.shown_span_count} of them read"
    )
    lines = [
        f"# Trace {digest.trace_id}: `{digest.name}` of {digest.service}",
        "",
        f"- began {started:%Y-%m-%dT%H:%M:%SZ}, took {duration_text(digest.duration_nano)}",
        f"- {digest.span_count} spans{read}, {digest.error_count} failed",
        f"- services: {_names(digest.services, digest.service_count)}",
    ]
    if usage.model_calls:
        tokens = f"{usage.input_tokens} input and {usage.output_tokens} output tokens"
        if usage.cost is not None:
            tokens += f", {usage.cost:.6g} US dollars"
        lines.append(
            f"- {usage.model_calls} model calls ({_names(digest.models, digest.model_count)}), "
            f"{usage.tool_calls} tool calls, {tokens}"
        )
    spent = [
        f"{item.category} {duration_text(item.duration_nano)} "
        f"({_percent(item.duration_nano, digest.duration_nano)})"
        for item in digest.attribution
    ]
    if spent:
        lines.append(f"- wall clock: {', '.join(spent)}")
    for title, text in (("Asked", digest.asked), ("Answered", digest.answered)):
        if text is not None:
            lines += ["", f"## {title}", "", cut_text(text)]
    return "\n".join(lines) + "\n"


def _error(item: DigestError) -> str:
    times = f" {_TIMES}{item.count}" if item.count > 1 else ""
    said = failure_text(item.failed_with)
    text = f"- `{item.name}`{times} of {item.service}: {said}, span {item.span_id}\n"
    if item.failed_with.stack is not None:
        stack = item.failed_with.stack
        if stack.truncated is not None:
            text += f"  (the last {stack.truncated.shown} of {stack.truncated.of} characters)\n"
        text += "".join(f"      {line}\n" for line in stack.text.splitlines())
    return text


def _spans(item: DigestSpans) -> str:
    took = duration_text(item.p50_duration_nano)
    if item.count > 1:
        took = f"{_TIMES}{item.count}, p50 {took}, max {duration_text(item.max_duration_nano)}"
    notes = []
    if item.error_count:
        notes.append(f"{item.error_count} failed")
    if item.input_tokens or item.output_tokens:
        notes.append(f"{item.input_tokens} in, {item.output_tokens} out")
    told = "".join(f"; {note}" for note in notes)
    return (
        f"{'  ' * item.depth}- `{item.name}` of {item.service} {took}{told}, span {item.span_id}\n"
    )


def _card(item: DigestCard) -> str:
    indent = "  " * item.depth
    first, *others = item.text.splitlines()
    lines = [f"{indent}- {first}, span {item.span_id}", *(f"{indent}  {line}" for line in others)]
    return "".join(f"{line}\n" for line in lines)


def _names(names: Sequence[str], count: int) -> str:
    more = f" and {count - len(names)} more" if count > len(names) else ""
    return ", ".join(names) + more


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "0 %"
