"""A model's prices as genai-prices has them, unrolled into rules of one flat price each.

genai-prices picks a price by the date, the time of day and the service tier of a call and by how many input tokens it
had. A rule is what it picks between two points where that can change, so SQL needs no more than "the last rule that
applies". Nothing here touches the network: the package's data is a module.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from genai_prices import __version__ as _release
from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import (
    ModelInfo,
    ModelPrice,
    Provider,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)

VERSION = f"genai-prices {_release}"

DAY = 86_400
_EPOCH = date(1970, 1, 1)

# Unit -> the prices it may have, the most specific first: a bucket without one costs what that around it does.
_PRICES: dict[str, tuple[str, ...]] = {
    "input": ("input_mtok",),
    "cache_read": ("cache_read_mtok", "input_mtok"),
    "cache_write": ("cache_write_5m_mtok", "cache_write_mtok", "input_mtok"),
    "cache_write_1h": ("cache_write_1h_mtok", "cache_write_mtok", "input_mtok"),
    "input_audio": ("input_audio_mtok", "input_mtok"),
    "output": ("output_mtok",),
    "reasoning": ("output_reasoning_mtok", "output_mtok"),
    "output_audio": ("output_audio_mtok", "output_mtok"),
}
UNITS = (*_PRICES, "request")
"""What has a price, in the order of the columns of a rule."""

# OpenTelemetry's names of providers where genai-prices has others.
_PROVIDERS = {
    "aws.bedrock": "aws",
    "azure.ai.openai": "azure",
    "azure.ai.inference": "azure",
    "gcp.gemini": "google",
    "gcp.vertex_ai": "google",
    "gcp.gen_ai": "google",
    "mistral_ai": "mistral",
    "moonshot_ai": "moonshotai",
    "x_ai": "x-ai",
}

# Whose models a name is looked for among where nothing says whose it is, and genai-prices does not see it by the name.
_MAKERS = (
    "openai",
    "anthropic",
    "google",
    "mistral",
    "cohere",
    "voyageai",
    "deepseek",
    "x-ai",
    "moonshotai",
    "perplexity",
    "meta",
)

# These call other providers' models: the model alone says whose.
_FRAMEWORKS = frozenset(
    {
        "", "langchain", "langgraph", "llama_index", "litellm", "autogen", "ag2", "crewai", "haystack", "dspy", "agno",
        "strands-agents", "semantic_kernel", "smolagents", "pydantic_ai", "openai_agents", "vercel", "gateway",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One flat price and when it applies; prices are US dollars a token, or a call."""

    start: datetime
    from_second: int
    to_second: int
    over_input_tokens: int
    """0: whatever the call had."""
    prices: dict[str, Decimal]
    """Of every unit."""


@dataclass(frozen=True)
class Found:
    """A model's price."""

    name: str
    """`provider/model`, as the source calls it; "" where none is known."""
    version: str
    rules: tuple[Rule, ...]


def find(provider: str, models: tuple[str, ...], service_tier: str) -> Found:
    """The price of the first of some names of a model that has one; without any, no rules.

    Args:
        provider: as OpenTelemetry writes it; "" where it is not known.
        models: the name that answered, then the requested one.
        service_tier: as the provider named it, "" for its default.
    """
    for model in models:
        if matched := _match(provider, model):
            of, info = matched
            return Found(f"{of.id}/{info.id}", VERSION, tuple(_rules(of, info, service_tier)))
    return Found("", VERSION, ())


def _match(provider: str, model: str) -> tuple[Provider, ModelInfo] | None:
    wanted: tuple[str | None, ...] = (_PROVIDERS.get(provider, provider),)
    if provider in _FRAMEWORKS:
        wanted = (None, *_MAKERS)
    # litellm writes `openai/gpt-4o`.
    for name in dict.fromkeys((model, model.rpartition("/")[2])):
        for of in wanted:
            with contextlib.suppress(LookupError):
                return get_snapshot().find_provider_model(name, None, of, None)
    return None


def _rules(provider: Provider, model: ModelInfo, service_tier: str) -> list[Rule]:
    is_own = any(model is own for own in provider.models)
    context = {"service_tier": service_tier} if service_tier and is_own else None
    starts, seconds = _changes(model)
    rules = []
    for start in starts:
        for first, last in pairwise(seconds):
            at = datetime.combine(start, time(tzinfo=UTC)) + timedelta(seconds=first)
            begins = datetime.combine(start, time(tzinfo=UTC))
            price = model.get_prices(at, context)
            rules += [Rule(begins, first, last, over, flat) for over, flat in _tiers(price)]
    return rules


def _changes(model: ModelInfo) -> tuple[list[date], list[int]]:
    """The days from which, and the seconds of the day at which, the price may be another one."""
    constraints = (
        [] if isinstance(model.prices, ModelPrice) else [p.constraint for p in model.prices]
    )
    constraints += [variant.constraint for variant in model.price_variants or ()]
    starts, seconds = {_EPOCH}, {0, DAY}
    for constraint in constraints:
        if isinstance(constraint, StartDateConstraint):
            starts.add(constraint.start_date)
        elif isinstance(constraint, TimeOfDateConstraint):
            seconds |= {_second(constraint.start_time), _second(constraint.end_time)}
    return sorted(starts), sorted(seconds)


def _second(of: time) -> int:
    at = datetime.combine(_EPOCH, of if of.tzinfo else of.replace(tzinfo=UTC)).astimezone(UTC)
    return at.hour * 3600 + at.minute * 60 + at.second


def _tiers(price: ModelPrice) -> list[tuple[int, dict[str, Decimal]]]:
    """(over how many input tokens, the price of each unit), the base first."""
    found = {unit: _first(price, keys) for unit, keys in _PRICES.items()}
    overs = {0} | {
        tier.start
        for value in found.values()
        if isinstance(value, TieredPrices)
        for tier in value.tiers
    }
    request = _at(_first(price, ("requests_kcount",)), 0) / 1000
    return [
        (
            over,
            {unit: _at(value, over) / 1_000_000 for unit, value in found.items()}
            | {"request": request},
        )
        for over in sorted(overs)
    ]


def _first(price: ModelPrice, keys: tuple[str, ...]) -> Decimal | TieredPrices | None:
    for key in keys:
        value = getattr(price, key)
        if value is not None:
            assert isinstance(value, Decimal | TieredPrices)
            return value
    return None


def _at(value: Decimal | TieredPrices | None, over: int) -> Decimal:
    """The price of a call with more input tokens than `over`."""
    if value is None:
        return Decimal(0)
    if isinstance(value, Decimal):
        return value
    applicable = value.base
    for tier in value.tiers:
        if tier.start <= over and over > 0:
            applicable = tier.price
    return applicable
