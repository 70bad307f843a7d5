"""Answers of the API as lines of text for a language model; what is cut says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mcp.server.mcpserver.exceptions import ToolError

from spanhouse.query.analysis.durations import duration_text
from spanhouse.query.analysis.shown import text_of

from .times import time_text

_MAX_LINE = 300


def cut(text: str, max_chars: int = _MAX_LINE) -> str:
    """The beginning of a text, and how much of it that is."""
    if len(text) <= max_chars:
        return text
    return f"{text[:max_chars]}… ({max_chars} of {len(text)} characters)"


def one_line(text: str) -> str:
    """A text on one line, cut."""
    return cut(" ".join(text.split()))


def showing(shown: int, total: int, noun: str, advice: str) -> str:
    """How many of all are shown; what to do for the others."""
    if shown >= total:
        return f"{total} {noun}"
    return f"showing {shown} of {total} {noun}; {advice}"


def traces(page: dict[str, Any]) -> str:
    """A page of traces, a line each."""
    found = page["traces"]
    lines = [showing(len(found), page["total"], "traces", "narrow the query or the window")]
    for trace in found:
        tokens = trace["input_tokens"] + trace["output_tokens"]
        notes = [f"{trace['span_count']} spans"]
        notes += [f"{trace['error_count']} failed"] if trace["error_count"] else []
        notes += [f"{tokens} tokens of {', '.join(trace['models'])}"] if tokens else []
        lines.append(
            f"{trace['trace_id']} {time_text(trace['start_time_unix_nano'])} "
            f"{duration_text(trace['duration_nano'])} `{one_line(trace['root_name'])}` of {trace['root_service']}, "
            + ", ".join(notes)
        )
    return "\n".join(lines)


def spans(page: dict[str, Any]) -> str:
    """A page of spans, a line each."""
    found = page["spans"]
    lines = [showing(len(found), page["total"], "spans", "narrow the query or the window")]
    for span in found:
        failed = ", failed" if span["status"] == "ERROR" else ""
        lines.append(
            f"{span['trace_id']} span {span['span_id']} {time_text(span['start_time_unix_nano'])} "
            f"{duration_text(span['duration_nano'])} `{one_line(span['name'])}` of {span['service']}{failed}"
        )
    return "\n".join(lines)


def logs(page: dict[str, Any]) -> str:
    """A page of log records, a line each."""
    found = page["logs"]
    lines = [showing(len(found), page["total"], "log records", "narrow the query or the window")]
    for log in found:
        where = f" trace {log['trace_id']} span {log['span_id']}" if log["trace_id"] else ""
        event = f" [{log['event_name']}]" if log["event_name"] else ""
        lines.append(
            f"{time_text(log['time_unix_nano'])} {log['severity'] or log['severity_number']} "
            f"{log['service']}{event}: {one_line(log['body'])}{where}"
        )
    return "\n".join(lines)


def span(found: dict[str, Any], max_chars: int) -> str:
    """One span in full, its values cut so that all keys are shown within the budget."""
    attributes = found["attributes"]
    events = [(event["name"], item) for event in found["events"] for item in event["attributes"]]
    resource = found["resource"]["attributes"]
    values = max(1, len(attributes) + len(events) + len(resource))
    each = max(80, max_chars // values)
    lines = [
        f"span {found['span_id']} of trace {found['trace_id']}: `{found['name']}` of {found['service']}",
        f"parent: {found['parent_span_id'] or 'none, a root'}; kind: {found['kind']}",
        f"began {time_text(found['start_time_unix_nano'])}, took {duration_text(found['duration_nano'])}",
        f"status: {found['status']['code']} {cut(found['status']['message'], each)}".rstrip(),
        *_section("attributes", ((item["key"], item["value"]) for item in attributes), each),
        *_section(
            "events", ((f"{name}: {item['key']}", item["value"]) for name, item in events), each
        ),
        *_section("resource", ((item["key"], item["value"]) for item in resource), each),
    ]
    if found["links"]:
        lines.append("links: " + ", ".join(link["trace_id"] for link in found["links"][:20]))
    return cut("\n".join(lines), max_chars)


def _section(title: str, values: Iterable[tuple[str, str]], each: int) -> list[str]:
    lines = [f"  {key} = {cut(value, each)}" for key, value in values]
    return [f"{title}:", *lines] if lines else []


def critical_path(found: dict[str, Any], names: dict[str, str], limit: int) -> str:
    """What the wall clock was spent on, and the spans that own most of the path."""
    total = found["duration_nano"]
    what = f"span {found['span_id']}" if found["span_id"] else f"trace {found['trace_id']}"
    owned = found["spans"]
    count = len(owned["span_id"])
    lines = [
        f"{what} took {duration_text(total)}",
        "by category: "
        + ", ".join(
            f"{item['category']} {duration_text(item['duration_nano'])} ({_percent(item['duration_nano'], total)})"
            for item in found["attribution"]
        ),
        showing(min(limit, count), count, "spans on the critical path", "raise limit for more"),
    ]
    for span_id, nano in list(zip(owned["span_id"], owned["duration"], strict=True))[:limit]:
        took = f"{duration_text(nano)} ({_percent(nano, total)})"
        lines.append(f"  {took} `{one_line(names.get(span_id, '?'))}` span {span_id}")
    return "\n".join(lines)


def comparison(found: dict[str, Any], max_chars: int) -> str:
    """Two traces: the summary, then every step that differs."""
    left, right = found["left"], found["right"]
    head = [
        f"left {left['trace_id']} | right {right['trace_id']}",
        *(
            f"{title}: {show(left[key])} | {show(right[key])}"
            for title, key, show in (
                ("took", "duration_nano", duration_text),
                ("spans", "span_count", str),
                ("failed", "error_count", str),
                ("model calls", "model_calls", str),
                ("input tokens", "input_tokens", str),
                ("output tokens", "output_tokens", str),
                ("cost in US dollars", "cost", str),
            )
        ),
        ", ".join(
            f"{found[kind]} {kind.replace('_', ' ')}"
            for kind in ("same", "changed", "moved", "left_only", "right_only")
        ),
    ]
    blocks = [_step(step) for step in found["steps"] if step["match"] != "same"]
    lines, size, shown = head, sum(map(len, head)), 0
    for block in blocks:
        if size + len(block) > max_chars - 200:
            break
        lines.append(block)
        size += len(block) + 1
        shown += 1
    differing = sum(found[kind] for kind in ("changed", "moved", "left_only", "right_only"))
    folded = sum(step["folded"] for step in found["steps"] if step["match"] != "same")
    note = "raise max_chars for more" if shown < len(blocks) else "below others, or left out"
    lines.append(showing(shown, differing - folded, "steps that differ", note))
    return "\n".join(lines)


def _step(step: dict[str, Any]) -> str:
    side = step["right"] or step["left"]
    indent = "  " * min(step["depth"], 10)
    both = step["left"] and step["right"]
    sign = {"changed": "~", "moved": ">", "left_only": "-", "right_only": "+"}[step["match"]]
    took = duration_text(side["duration"])
    if both:
        took = f"{duration_text(step['left']['duration'])} | {duration_text(side['duration'])}"
    below = f" and {step['folded']} below" if step["folded"] else ""
    lines = [f"{indent}{sign} `{one_line(side['name'])}` of {side['service']}{below}, {took}"]
    for difference in step["differences"]:
        lines.append(
            f"{indent}    {difference['key']}: {difference['left']} | {difference['right']}"
        )
    content = step["content"]
    if content:
        for item in content["parameters"]:
            lines.append(f"{indent}    {item['key']}: {item['left']} | {item['right']}")
        for tool in content["tools"]:
            lines.append(f"{indent}    tool {tool['name']} {tool['change']}")
        for message in content["messages"]:
            told = cut(message["text"]["text"], 600).replace("\n", f"\n{indent}      ")
            lines.append(
                f"{indent}    {message['place']} {message['role']} message {message['change']}:\n{indent}      {told}"
            )
    return "\n".join(lines)


def rows(found: dict[str, Any], max_chars: int) -> str:
    """The rows of SQL as tab-separated lines, as many as fit."""
    columns = [f"{column['name']} ({column['type']})" for column in found["columns"]]
    head = "\t".join(columns)
    lines: list[str] = []
    size = len(head)
    for row in found["rows"]:
        line = "\t".join(one_line(text_of(value)) for value in row)
        if size + len(line) > max_chars - 300:
            break
        lines.append(line)
        size += len(line) + 1
    more = f", and more than the {found['row_limit']} that are read" if found["truncated"] else ""
    cost = found["statistics"]
    told = showing(len(lines), found["row_count"], "rows", "aggregate, or add LIMIT and WHERE")
    read = f"read {cost['rows_read']} rows in {cost['elapsed_seconds']:.3f} s"
    return "\n".join([f"{told}{more}; {read}", head, *lines])


def tables(found: dict[str, Any], table: str) -> str:
    """The tables that SQL may read, or the columns of one."""
    if not table:
        return "\n".join(f"{item['name']}: {one_line(item['comment'])}" for item in found["tables"])
    columns = [item["columns"] for item in found["tables"] if item["name"] == table]
    if not columns:
        names = ", ".join(item["name"] for item in found["tables"])
        raise ToolError(
            f"cannot show the table {table!r}: there is none of that name; there are {names}"
        )
    return "\n".join(
        f"{column['name']} {column['type']} {one_line(column['comment'])}".rstrip()
        for column in columns[0]
    )


def cost(found: dict[str, Any], max_chars: int) -> str:
    """Every bucket times its price, then what was left out and why."""
    total = "not known" if found["total"] is None else f"{found['total']} US dollars"
    head = [
        f"cost: {total}; {found['input_tokens']} input and {found['output_tokens']} output tokens",
    ]
    if found["unpriced_models"]:
        head.append(f"no price is known of: {', '.join(found['unpriced_models'])}")
    blocks = []
    for span in found["spans"]:
        price = (
            f"{span['price_name']} {span['price_version']}"
            if span["price_name"]
            else span["source"]
        )
        sums = [
            f"  {line['bucket']} {line['quantity']} x {line['unit_price']} = {line['amount']}"
            for line in span["lines"]
        ]
        blocks.append(
            "\n".join([f"{span['model']} span {span['span_id']}: {span['cost']} ({price})", *sums])
        )
    blocks += [
        f"left out, {item['reason']}: {item['operation']} {item['model']} span {item['span_id']}"
        for item in found["left_out"]
    ]
    shown, size = [], sum(map(len, head))
    for block in blocks:
        if size + len(block) > max_chars - 200:
            break
        shown.append(block)
        size += len(block) + 1
    told = showing(len(shown), len(blocks), "GenAI spans", "raise max_chars for more")
    return "\n".join([*head, told, *shown])


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "0 %"
