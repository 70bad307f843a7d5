"""What there is to ask for: services, operations, attribute keys and values, from the roll-ups."""

from __future__ import annotations

from ..answers.suggestions import (
    AttributeKey,
    AttributeKeys,
    AttributeValue,
    AttributeValues,
    Operation,
    Operations,
    Service,
    Services,
)
from ..reader import Reader

_HOUR = 3600
_LAST_SECOND = 2**32 - 1


def services(reader: Reader, project: str, start: int | None, end: int | None) -> Services:
    """The services of the hours that the window touches; of all time without one."""
    first = min(0 if start is None else start // 10**9, _LAST_SECOND)
    last = _LAST_SECOND if end is None else min(end // 10**9, _LAST_SECOND)
    parameters = {"project": project, "first_hour": first - first % _HOUR, "last_hour": last}
    return Services(
        services=[
            Service(
                name=row["Service"],
                span_count=row["Spans"],
                error_count=row["Errors"],
                last_time_unix_nano=str(row["LastNano"]),
            )
            for row in reader.rows("services", parameters)
        ]
    )


def operations(reader: Reader, project: str, service: str, prefix: str, limit: int) -> Operations:
    """The span names of one service, or of all for ""."""
    parameters = {"project": project, "service": service, "prefix": prefix, "limit": limit}
    return Operations(
        operations=[
            Operation(name=row["Name"], kind=row["SpanKind"].upper(), span_count=row["Spans"])
            for row in reader.rows("operations", parameters)
        ]
    )


def attribute_keys(reader: Reader, project: str, prefix: str, limit: int) -> AttributeKeys:
    """The attribute keys that begin with `prefix`."""
    parameters = {"project": project, "prefix": prefix, "limit": limit}
    return AttributeKeys(
        keys=[
            AttributeKey(
                key=row["AttributeKey"], type=row["Type"], source=row["Source"], count=row["Count"]
            )
            for row in reader.rows("attribute_keys", parameters)
        ]
    )


def attribute_values(
    reader: Reader, project: str, key: str, prefix: str, limit: int
) -> AttributeValues:
    """The values of one attribute key that begin with `prefix`."""
    parameters = {"project": project, "key": key, "prefix": prefix, "limit": limit}
    return AttributeValues(
        values=[
            AttributeValue(value=row["AttributeValue"], count=row["Count"])
            for row in reader.rows("attribute_values", parameters)
        ]
    )
