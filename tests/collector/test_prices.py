"""Prices as rules: equal to genai-prices' own sums, the user's file first, history changed by command alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from genai_prices import Usage, calc_price
from genai_prices.data_snapshot import get_snapshot

from spanhouse.collector.prices import overrides, rules
from spanhouse.collector.prices.overrides import PriceFileError, read_overrides
from spanhouse.collector.prices.rules import Found

# Exclusive, as the store has them.
USAGES = (
    {"input": 1000, "output": 100},
    {"input": 176, "cache_read": 1024, "output": 20, "reasoning": 10},
    {"input": 250_000, "cache_read": 30_000, "cache_write": 5_000, "output": 1_000},
    {"input": 90_001, "cache_write": 7, "cache_write_1h": 10_000, "output": 3},
    {"input": 500, "input_audio": 200, "output": 50, "output_audio": 70},
    {"input": 0, "cache_read": 0, "output": 0},
)
MOMENTS = (
    datetime(2025, 1, 15, 3, 0, tzinfo=UTC),
    datetime(2025, 9, 1, 17, 0, tzinfo=UTC),
    datetime(2026, 11, 20, 2, 30, tzinfo=UTC),
)


def cost(found: Found, usage: dict[str, int], at: datetime) -> Decimal:
    """Bucket times unit price by the last rule that applies, as SQL does it."""
    second = at.hour * 3600 + at.minute * 60 + at.second
    inputs = sum(
        usage.get(b, 0)
        for b in ("input", "cache_read", "cache_write", "cache_write_1h", "input_audio")
    )
    applies = [
        rule
        for rule in found.rules
        if rule.start <= at
        and rule.from_second <= second < rule.to_second
        and (rule.over_input_tokens == 0 or inputs > rule.over_input_tokens)
    ]
    prices = applies[-1].prices
    return sum((n * prices[bucket] for bucket, n in usage.items()), Decimal(0)) + prices["request"]


def theirs(provider: str, model: str, usage: dict[str, int], at: datetime, tier: str) -> Decimal:
    """The same by genai-prices, whose input and output include their parts."""
    writes = usage.get("cache_write", 0) + usage.get("cache_write_1h", 0)
    audio_in, audio_out = usage.get("input_audio", 0), usage.get("output_audio", 0)
    whole = {
        "input_tokens": usage["input"] + usage.get("cache_read", 0) + writes + audio_in,
        "cache_read_tokens": usage.get("cache_read", 0),
        "cache_write_tokens": writes,
        "cache_write_1h_tokens": usage.get("cache_write_1h", 0),
        "input_audio_tokens": audio_in,
        "output_tokens": usage["output"] + usage.get("reasoning", 0) + audio_out,
        "output_reasoning_tokens": usage.get("reasoning", 0),
        "output_audio_tokens": audio_out,
    }
    context = {"service_tier": tier} if tier else None
    calculated = calc_price(
        Usage(**whole),
        model,
        provider_id=provider,
        genai_request_timestamp=at,
        price_context=context,
    )
    return calculated.total_price


def models() -> Iterator[tuple[str, str]]:
    """Every fifth model, and all whose price depends on more than the tokens."""
    for provider in get_snapshot().providers:
        for place, model in enumerate(provider.models):
            depends = isinstance(model.prices, list) or model.price_variants
            if place % 5 == 0 or depends:
                yield provider.id, model.id


def test_every_sum_is_that_of_genai_prices() -> None:
    """To the last digit: by date, time of day, tier, service tier, cache and audio."""
    compared = 0
    for provider, model in models():
        found = rules.find(provider, (model,), "")
        if found.name != f"{provider}/{model}":
            continue  # Its id matches an earlier model as well.
        for usage, at in itertools.product(USAGES, MOMENTS):
            assert cost(found, usage, at) == theirs(provider, model, usage, at, ""), (model, usage)
            compared += 1
    assert compared > 5000
    for tier, at in itertools.product(("flex", "priority", "default"), MOMENTS):
        found = rules.find("openai", ("gpt-5",), tier)
        for usage in USAGES:
            assert cost(found, usage, at) == theirs("openai", "gpt-5", usage, at, tier)


@pytest.mark.parametrize(
    ("provider", "model", "name"),
    [
        ("openai", "gpt-4o-2024-08-06", "openai/gpt-4o"),
        ("aws.bedrock", "amazon.nova-lite-v1:0", "aws/amazon.nova-lite-v1:0"),
        ("gcp.gemini", "gemini-2.5-pro", "google/gemini-2.5-pro"),
        ("mistral_ai", "mistral-large-latest", "mistral/mistral-large"),
        ("azure.ai.openai", "gpt-4o", "azure/gpt-4o"),
        ("langchain", "gpt-4o", "openai/gpt-4o"),
        ("litellm", "openai/gpt-4o", "openai/gpt-4o"),
        ("", "text-embedding-3-small", "openai/text-embedding-3-small"),
        # Served at home: not what someone else asks for it.
        ("ollama", "llama3.1", ""),
        ("openai", "our-own", ""),
    ],
)  # fmt: skip
def test_a_name_finds_its_price(provider: str, model: str, name: str) -> None:
    assert rules.find(provider, (model,), "").name == name


def test_the_users_prices_are_exact_and_go_first(tmp_path: Path) -> None:
    path = tmp_path / "prices.toml"
    path.write_text(
        '[[price]]\nmodel = "our-*"\ninput = 0.15\noutput = 0.6\n'
        '[[price]]\nprovider = "ours"\nmodel = "our-own"\nfrom = 2026-06-01\n'
        "input = 0.1\noutput = 0.4\ncache_read = 0.01\n"
    )
    own = read_overrides(path)
    found = overrides.find(own, "ours", ("our-own",))
    assert found is not None
    assert (found.name, found.version) == ("ours/our-own", "prices.toml")
    usage = {"input": 1_000_000, "cache_read": 1_000_000, "output": 10}
    assert cost(found, usage, MOMENTS[0]) == Decimal("0.300006")
    assert cost(found, usage, MOMENTS[2]) == Decimal("0.110004")
    assert overrides.find(own, "ours", ("gpt-4o",)) is None
    assert read_overrides(tmp_path / "none.toml") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[price]]\ninput = 1\n", r"number 1 has no model"),
        ('[[price]]\nmodel = "m"\n', r"number 1 has no price"),
        ('[[price]]\nmodel = "m"\ninput = -1\n', r"input = -1 is no price"),
        ('[[price]]\nmodel = "m"\nimput = 1\n', r"has 'imput', which is none of"),
        ('[[price]]\nmodel = "m"\ninput = 1\nfrom = "May"\n', r"from = 'May' is no date"),
        ("[price\n", r"cannot read .*prices.toml"),
        ("[other]\n", r"entries under \[\[price\]\] and nothing else"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_write(
    tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / "prices.toml").write_text(text)
    with pytest.raises(PriceFileError, match=reason):
        read_overrides(tmp_path / "prices.toml")
