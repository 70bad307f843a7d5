"""What is stored and what came in: projects and the ingest ledger."""

from __future__ import annotations

from typing import Any

from ..answers.system import Ledger, Project, Projects, Reason, Sender
from ..reader import Reader


def projects(reader: Reader, always: str) -> Projects:
    """Every project that was written to, and `always`."""
    found = [
        Project(
            name=row["ProjectId"],
            span_count=row["SpanCount"],
            first_time_unix_nano=str(row["FirstNano"]),
            last_time_unix_nano=str(row["LastNano"]),
        )
        for row in reader.rows("projects", {})
    ]
    if all(project.name != always for project in found):
        empty = Project(
            name=always, span_count=0, first_time_unix_nano=None, last_time_unix_nano=None
        )
        found = sorted([*found, empty], key=lambda project: project.name)
    return Projects(projects=found)


def ledger(reader: Reader, project: str | None, start: int, end: int) -> Ledger:
    """What each sender sent in the window and what became of it; of every project for None."""
    parameters = {"project": project or "", "start": start, "end": end}
    return Ledger(senders=[_sender(row) for row in reader.rows("ledger", parameters)])


def _sender(row: dict[str, Any]) -> Sender:
    reasons = sorted(row["Reasons"], key=lambda item: (-item[1], item[0]))
    return Sender(
        project=row["ProjectId"],
        signal=row["Signal"],
        sender=row["SenderName"],
        received=row["Received"],
        stored=row["Stored"],
        rejected=row["Rejected"],
        deduplicated=row["Deduplicated"],
        requests=row["Requests"],
        reasons=[Reason(reason=reason, count=count) for reason, count in reasons],
        last_time_unix_nano=str(row["LastNano"]),
    )
