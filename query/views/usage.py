"""What a trace's GenAI spans used and what it cost: which of them count, and bucket times unit price.

The view `gen_ai_usage` says the same in SQL (collector/store/usage.py); a test compares the two. Money is whole numbers
of 10^-24 dollars here, so that sums are exact and no price loses a digit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from spanhouse.collector.store.gen_ai import LEAVES
from spanhouse.collector.store.usage import BUCKETS, GENERATIONS, UNITS

DIGITS = 24
"""After the point of a dollar."""

_DAY = 86_400
_NANO = 10**9
# A trace's sums of counts up to this fit into 64 bits, whatever it holds.
_SUMMABLE = 10**12


class PriceKey(NamedTuple):
    """How a span names what it called."""

    provider: str
    request_model: str
    response_model: str
    service_tier: str


class Rule(NamedTuple):
    """When a price applies, and the price of each unit of `UNITS` in 10^-24 dollars."""

    start: int
    """Unix seconds."""
    from_second: int
    to_second: int
    """Of the day, in UTC."""
    over_input_tokens: int
    prices: dict[str, int]


@dataclass(frozen=True)
class Price:
    """What is known of a name's price: its rules, of which the last that applies holds."""

    name: str
    version: str
    rules: tuple[Rule, ...]

    def rule(self, start_nano: int, input_tokens: int) -> Rule | None:
        """The rule for a call, None where there is no price."""
        second = start_nano // _NANO
        of_day = second % _DAY
        for rule in reversed(self.rules):
            if (
                rule.start <= second
                and rule.from_second <= of_day < rule.to_second
                and (rule.over_input_tokens == 0 or input_tokens > rule.over_input_tokens)
            ):
                return rule
        return None

    def is_one_rule(self, first_nano: int, last_nano: int, least: int, most: int) -> bool:
        """Whether one rule, or none, holds of all calls between two times with `least` to `most` input tokens.

        Without times of day, later and larger calls only have more rules to choose from.
        """
        all_day = all(rule.from_second == 0 and rule.to_second >= _DAY for rule in self.rules)
        return all_day and self.rule(first_nano, least) is self.rule(last_nano, most)


@dataclass(frozen=True)
class Used:
    """What one GenAI span says it used."""

    trace_id: str
    span_id: str
    parent_span_id: str
    start_nano: int
    operation: str
    key: PriceKey
    response: int
    """A hash of the response's id, 0 without one."""
    input_tokens: int
    output_tokens: int
    buckets: dict[str, int]
    """Exclusive: together all input and all output tokens."""
    reported_cost: int | None
    """In 10^-24 dollars."""

    @property
    def calls_model(self) -> bool:
        """Whether its operation is one that uses a model, not one that wraps such."""
        return self.operation in LEAVES

    @property
    def is_call(self) -> bool:
        """Whether it calls a model and says what that used."""
        has_used = self.input_tokens + self.output_tokens > 0 or self.reported_cost is not None
        return self.calls_model and has_used

    @property
    def model(self) -> str:
        """As the rest of the page names it."""
        return self.key.request_model or self.key.response_model


@dataclass(frozen=True)
class Charged:
    """A GenAI span with its price."""

    used: Used
    price: Price | None
    cost: int | None
    """In 10^-24 dollars; None where it is not known, or where the span calls no model."""
    counted: bool
    """Whether it is part of its trace's totals."""


def used(row: Mapping[str, Any]) -> Used:
    """A row of gen_ai_spans.sql, or of another question with its columns."""
    reads, writes = row["CacheReadTokens"], row["CacheWriteTokens"]
    hour = min(writes, row["CacheWrite1hTokens"])
    audio_in, audio_out = row["InputAudioTokens"], row["OutputAudioTokens"]
    reasoning = row["ReasoningTokens"]
    inputs, outputs = row["InputTokens"], row["OutputTokens"]
    reported = row["ReportedCost"]
    return Used(
        trace_id=row["TraceId"],
        span_id=row["SpanId"],
        parent_span_id=row["ParentSpanId"],
        start_nano=row["StartNano"],
        operation=row["Operation"],
        key=price_key(row),
        response=row["Response"],
        input_tokens=inputs,
        output_tokens=outputs,
        buckets={
            "input": max(0, inputs - reads - writes - audio_in),
            "cache_read": reads,
            "cache_write": writes - hour,
            "cache_write_1h": hour,
            "input_audio": audio_in,
            "output": max(0, outputs - reasoning - audio_out),
            "reasoning": reasoning,
            "output_audio": audio_out,
        },
        reported_cost=None if reported is None else money(reported),
    )


def price(row: Mapping[str, Any]) -> tuple[PriceKey, Price]:
    """A row of gen_ai_prices.sql."""
    rules = tuple(
        Rule(int(start), first, last, over, dict(zip(UNITS, map(money, prices), strict=True)))
        for start, first, last, over, *prices in row["Rules"]
    )
    return price_key(row), Price(row["PriceName"], row["PriceVersion"], rules)


def price_key(row: Mapping[str, Any]) -> PriceKey:
    """How a row of any question names what was called."""
    return PriceKey(row["Provider"], row["RequestModel"], row["ResponseModel"], row["ServiceTier"])


def money(text: str) -> int:
    """Dollars as whole numbers of 10^-24."""
    return int(Decimal(text).scaleb(DIGITS))


def dollars(amount: int) -> Decimal:
    """The reverse of `money`, exact, without a tail of zeros."""
    sign, digits, exponent = Decimal(amount).as_tuple()
    assert isinstance(exponent, int)
    exact = Decimal((sign, digits, exponent - DIGITS))
    return exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact.normalize()


def cost(span: Used, found: Price | None) -> int | None:
    """What a span's call cost: by the price, without one as its sender reported, else None and never 0."""
    if not span.is_call:
        return None
    rule = found.rule(span.start_nano, span.input_tokens) if found else None
    if rule is None:
        return span.reported_cost
    tokens = sum(span.buckets[bucket] * rule.prices[bucket] for bucket in BUCKETS)
    return tokens + rule.prices["request"]


@dataclass(frozen=True)
class UsageTotal:
    """The sum over counted spans."""

    input_tokens: int
    output_tokens: int
    cost: int | None
    """Of those whose cost is known, in 10^-24 dollars; None where it is of none."""
    unpriced_models: list[str]
    """The models of the others."""


def usage_total(spans: Iterable[Charged]) -> UsageTotal:
    """What the counted spans among some used and cost together."""
    counted = [span for span in spans if span.counted]
    costs = [span.cost for span in counted if span.cost is not None]
    return UsageTotal(
        input_tokens=sum(span.used.input_tokens for span in counted),
        output_tokens=sum(span.used.output_tokens for span in counted),
        cost=sum(costs) if costs else None,
        unpriced_models=sorted({span.used.model for span in counted if span.cost is None}),
    )


def grouped_total(
    rows: Iterable[Mapping[str, Any]], known: Mapping[PriceKey, Price]
) -> UsageTotal | None:
    """The same of one trace by its rows of gen_ai_totals.sql; None where only its spans can tell."""
    rows = list(rows)
    if _rows_may_repeat(rows) or any(row["MostTokens"] > _SUMMABLE for row in rows):
        return None
    costs, unpriced = [], set()
    for row in rows:
        key = price_key(row)
        found = known.get(key)
        rule = None
        if found is not None:
            first, least = row["FirstNano"], row["LeastInput"]
            if not found.is_one_rule(first, row["LastNano"], least, row["MostInput"]):
                return None
            rule = found.rule(first, least)
        if rule is not None:
            tokens = sum(row[f"{bucket}_bucket"] * rule.prices[bucket] for bucket in BUCKETS)
            costs.append(tokens + row["Calls"] * rule.prices["request"])
            continue
        if row["Calls"] > row["Unreported"]:
            costs.append(money(row["Reported"]))
        if row["Unreported"]:
            unpriced.add(key.request_model or key.response_model)
    return UsageTotal(
        input_tokens=sum(row["Input"] for row in rows),
        output_tokens=sum(row["Output"] for row in rows),
        cost=sum(costs) if costs else None,
        unpriced_models=sorted(unpriced),
    )


def _rows_may_repeat(rows: list[Mapping[str, Any]]) -> bool:
    responses = [response for row in rows for response in row["Responses"]]
    unnamed = [said for row in rows for said in row["Unnamed"]]
    named = {said for row in rows for said in row["Named"]} if unnamed else set()
    return (
        len(set(responses)) < len(responses)
        or len(set(unnamed)) < len(unnamed)
        or not named.isdisjoint(unnamed)
    )


def repeated(spans: Iterable[Used], parents: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
    """The calls that another span says again, as (trace id, span id); see `usage.py` of the store for the rule.

    Args:
        spans: of whole traces.
        parents: the parent of every span, by trace id and span id.
    """
    calls = [span for span in spans if span.is_call and span.input_tokens + span.output_tokens > 0]
    found: set[tuple[str, str]] = set()
    responses: dict[tuple[str, int], list[Used]] = defaultdict(list)
    for call in calls:
        if call.response:
            responses[call.trace_id, call.response].append(call)
    for same in responses.values():
        innermost = max(same, key=lambda call: (call.start_nano, call.span_id))
        found |= {(c.trace_id, c.span_id) for c in same if c.span_id != innermost.span_id}
    alike = Counter((call.trace_id, call.input_tokens, call.output_tokens) for call in calls)
    by_id: dict[tuple[str, str], list[Used]] = defaultdict(list)
    for call in calls:
        by_id[call.trace_id, call.span_id].append(call)
    for call in calls:
        if alike[call.trace_id, call.input_tokens, call.output_tokens] > 1:
            found |= {
                (outer.trace_id, outer.span_id)
                for ancestor in _above(call, parents)
                for outer in by_id.get((call.trace_id, ancestor), ())
                if _says_the_same(outer, call)
            }
    return found


def may_repeat(spans: Iterable[Used]) -> bool:
    """Whether `repeated` needs the parents: two calls of a trace say the same, and one lacks the response's id."""
    alike: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for span in spans:
        if span.is_call:
            alike[span.trace_id, span.input_tokens, span.output_tokens].append(span.response)
    return any(len(responses) > 1 and 0 in responses for responses in alike.values())


def _above(call: Used, parents: Mapping[tuple[str, str], str]) -> Iterable[str]:
    at = call.parent_span_id
    for _ in range(GENERATIONS):
        if not at:
            return
        yield at
        at = parents.get((call.trace_id, at), "")


def _says_the_same(outer: Used, inner: Used) -> bool:
    if (outer.input_tokens, outer.output_tokens) != (inner.input_tokens, inner.output_tokens):
        return False
    if outer.response and inner.response:
        return False
    ours = [name for name in outer.key[1:3] if name]
    theirs = [name for name in inner.key[1:3] if name]
    if not ours or not theirs:
        return True
    return any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)
