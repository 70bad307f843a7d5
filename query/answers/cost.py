"""Why a trace, or a span, costs what it costs: every bucket times its unit price, and what was left out."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

Reason = Literal[
    "calls no model",
    "reports no usage",
    "repeats a call that another span reports",
]


class CostLine(BaseModel):
    """One bucket of one span. Decimals are exact, so they are texts."""

    bucket: Literal[
        "input", "cache_read", "cache_write", "cache_write_1h", "input_audio",
        "output", "reasoning", "output_audio", "request",
    ]  # fmt: skip
    quantity: int = Field(description="tokens; of `request` calls")
    unit_price: str = Field(description="US dollars a token, or a call")
    amount: str = Field(description="quantity times unit price, US dollars")


class SpanCost(BaseModel):
    """What a counted span cost; the amounts of its lines add up to `cost`."""

    span_id: str
    operation: str
    provider: str
    model: str
    cost: str | None = Field(description="US dollars; null where no price is known")
    source: Literal["price", "reported", "unknown"] = Field(
        description="price: by our price; reported: the sender's own figure, for want of a price"
    )
    price_name: str = Field(description="whose price it is, as provider/model")
    price_version: str = Field(description="genai-prices and its version, or prices.toml")
    over_input_tokens: int = Field(
        description="the tier: the price is that of calls with more input tokens; 0 for the base price"
    )
    reported_cost: str | None = Field(description="as the sender computed it; null where none was")
    lines: list[CostLine]


class LeftOut(BaseModel):
    """A GenAI span that is not part of the total, and why."""

    span_id: str
    operation: str
    model: str
    input_tokens: int
    output_tokens: int
    reason: Reason


class Cost(BaseModel):
    """The explanation of a cost. `total` is the exact sum of the spans' costs."""

    trace_id: str
    total: str | None = Field(description="US dollars; null where nothing has a known cost")
    input_tokens: int
    output_tokens: int
    spans: list[SpanCost] = Field(description="the counted ones, by start")
    left_out: list[LeftOut]
    unpriced_models: list[str] = Field(description="that were called and have no known price")
