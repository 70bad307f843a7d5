"""What may be typed at a place of a query: the language's own words, and keys and values that the data has.

Keys and values of span attributes and names of services and operations come from roll-ups; what no roll-up holds,
from the newest rows of the last week.
"""

from __future__ import annotations

import time
from typing import Any

from ..answers.completion import (
    Completion,
    Completions,
    Language,
    LanguageExample,
    LanguageField,
)
from ..filters.check import AttributeField, EventField
from ..filters.complete import Offer, Wish, field_text, value_text, wish
from ..filters.examples import LOG_EXAMPLES, SPAN_EXAMPLES
from ..filters.fields import SPANS, Field, Signal
from ..reader import Reader

MAX_OFFERS = 60
_MAX_FOUND = 30
_WEEK = 7 * 86_400


def complete(reader: Reader, project: str, signal: Signal, query: str, cursor: int) -> Completions:
    """What may be typed at `cursor`, a count of characters."""
    asked = wish(signal, query, min(cursor, len(query)))
    offers = [*asked.offers, *_keys(reader, project, signal, asked)]
    offers += _values(reader, project, signal, asked)
    return Completions(
        offset=asked.place.offset,
        length=asked.place.length,
        completions=[Completion(**vars(offer)) for offer in offers[:MAX_OFFERS]],
    )


def language(signal: Signal) -> Language:
    """The fields of a signal, and queries to learn from."""
    examples = SPAN_EXAMPLES if signal is SPANS else LOG_EXAMPLES
    return Language(
        fields=[
            LanguageField(name=name, type=field.type, description=signal.about[name])
            for name, field in signal.fields.items()
        ],
        examples=[LanguageExample(query=query, finds=finds) for query, finds in examples],
    )


def _keys(reader: Reader, project: str, signal: Signal, asked: Wish) -> list[Offer]:
    scope = asked.keys_of
    if scope is None or scope == "event":
        return []
    parameters = _parameters(project, asked) | {"scope": scope}
    name = "complete_span_keys" if signal is SPANS else "complete_log_keys"
    return [
        Offer(
            "field",
            f"{scope}.{row['Key']}" if scope else row["Key"],
            field_text(signal, scope, row["Key"]),
            f"attribute of the {'resource' if row['Sources'] == ['resource'] else signal.noun}",
            " or ".join(row["Types"]),
            row["Count"],
        )
        for row in reader.rows(name, parameters)
    ]


def _values(reader: Reader, project: str, signal: Signal, asked: Wish) -> list[Offer]:
    parameters = _parameters(project, asked)
    match asked.values_of:
        case None | EventField():
            return []
        case AttributeField(key, maps):
            scopes = [name for name, attributes in signal.scopes.items() if attributes in maps]
            parameters |= {"key": key, "scope": scopes[0] if len(scopes) == 1 else ""}
            name = "complete_span_values" if signal is SPANS else "complete_log_values"
            rows = reader.rows(name, parameters)
        case Field() as field if signal is SPANS and field in _ROLLED_UP:
            rows = reader.rows("complete_names", parameters, column=field.sql)
        case Field(of_trace=True) as field:
            name = "service" if field is SPANS.fields["trace.root_service"] else "name"
            column = SPANS.fields[name].sql
            rows = reader.rows("complete_names", parameters, column=column)
        case Field() as field:
            column = field.sql
            array = f"arrayJoin({column})" if field.type == "event name" else column
            rows = reader.rows("complete_fields", parameters, value=array, table=signal.table)
    return [_value(row, asked) for row in rows]


# The fields that the roll-up of operations holds, under the same names of columns.
_ROLLED_UP = (SPANS.fields["service"], SPANS.fields["name"])


def _value(row: dict[str, Any], asked: Wish) -> Offer:
    type = "string" if asked.is_text else row["Type"]
    return Offer("value", row["Value"], value_text(row["Value"], type), "", type, row["Count"])


def _parameters(project: str, asked: Wish) -> dict[str, Any]:
    return {
        "project": project,
        "typed": asked.typed,
        "since": max(0, int(time.time()) - _WEEK),
        "limit": _MAX_FOUND,
    }
