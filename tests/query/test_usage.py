"""What calls used and cost: every known way of counting twice, exact money, and one figure wherever it is read."""

from __future__ import annotations

import random
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spanhouse.collector.store import Store

from .conftest import Api
from .sent import HOUR, MS, Value, span, span_id, trace_id, traces

TRACE = trace_id(1)


def chat(input_tokens: int, output_tokens: int, **more: Value) -> dict[str, Value]:
    """Attributes of a call of gpt-4o: 2.50 dollars a million input tokens, 1.25 cached, 10 output."""
    attributes: dict[str, Value] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.usage.input_tokens": input_tokens,
        "gen_ai.usage.output_tokens": output_tokens,
    }
    return attributes | {key.replace("__", "."): value for key, value in more.items()}


AGENT: dict[str, Value] = {
    "gen_ai.operation.name": "invoke_agent",
    "gen_ai.agent.name": "support",
    "gen_ai.usage.input_tokens": 3000,
    "gen_ai.usage.output_tokens": 300,
}


def priced(api: Api, number: int = 1) -> dict[str, Any]:
    """The explanation of a trace, once the collector has found prices for it."""
    return priced_trace(api, trace_id(number))


def priced_trace(api: Api, identity: str) -> dict[str, Any]:
    """The same of a trace that has no number."""
    for _ in range(200):
        cost: dict[str, Any] = api.get(f"/api/traces/{identity}/cost")
        if not cost["unpriced_models"]:
            return cost
        time.sleep(0.05)
    raise AssertionError(f"no price came: {cost}")


def figures(api: Api, store: Store) -> list[tuple[int, int, Decimal]]:
    """(input tokens, output tokens, cost) of trace 1 as each reader says it."""
    cost = priced(api)
    listed = api.get("/api/traces", start=0, end=2**62)["traces"][0]
    spans = api.get(f"/api/traces/{TRACE}/skeleton")["spans"]
    counted = [place for place, counts in enumerate(spans["counted"]) if counts]
    row = store.rows(
        "SELECT sum(InputTokens) AS i, sum(OutputTokens) AS o, sum(Cost) AS c FROM gen_ai_usage "
        "WHERE ProjectId = {project:String} AND Counted",
        {"project": api.project},
    )[0]
    return [
        (cost["input_tokens"], cost["output_tokens"], Decimal(cost["total"])),
        (listed["input_tokens"], listed["output_tokens"], Decimal(str(listed["cost"]))),
        (
            sum(spans["input_tokens"][place] for place in counted),
            sum(spans["output_tokens"][place] for place in counted),
            sum((Decimal(str(spans["cost"][place])) for place in counted), Decimal(0)),
        ),
        (row["i"], row["o"], row["c"].normalize()),
    ]


def test_cached_tokens_are_counted_and_paid_once(api: Api, store: Store) -> None:
    """langfuse#12306, #10592: they are part of the input and have their own price."""
    cached = chat(1000, 100, gen_ai__usage__cache_read__input_tokens=600)
    api.send(traces([span(1, 1, attributes=cached)]))
    # 400 x 2.50 + 600 x 1.25 + 100 x 10, a million.
    assert figures(api, store) == [(1000, 100, Decimal("0.00275"))] * 4


def test_reasoning_is_part_of_the_output(api: Api, store: Store) -> None:
    """langfuse#11244: it was added to the output once more."""
    thought = chat(1000, 100, gen_ai__usage__reasoning__output_tokens=80)
    api.send(traces([span(1, 1, attributes=thought)]))
    assert figures(api, store) == [(1000, 100, Decimal("0.0035"))] * 4


def test_an_agent_that_repeats_its_calls_is_not_added(api: Api, store: Store) -> None:
    """langfuse#14754, openinference#3164, strands#1267."""
    api.send(
        traces(
            [
                span(1, 1, attributes=AGENT),
                span(1, 2, parent=1, start=MS, attributes=chat(1000, 100)),
                span(1, 3, parent=1, start=2 * MS, attributes=chat(2000, 200)),
            ]
        )
    )
    assert figures(api, store) == [(3000, 300, Decimal("0.0105"))] * 4
    assert priced(api)["left_out"] == [
        {
            "span_id": span_id(1),
            "operation": "invoke_agent",
            "model": "",
            "input_tokens": 3000,
            "output_tokens": 300,
            "reason": "calls no model",
        }
    ]


def test_a_cache_write_has_its_own_price(api: Api, store: Store) -> None:
    """phoenix#13379: cached tokens were priced as output."""
    attributes: dict[str, Value] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "anthropic",
        "gen_ai.request.model": "claude-haiku-4-5",
        "gen_ai.usage.input_tokens": 1000,
        "gen_ai.usage.output_tokens": 100,
        "gen_ai.usage.cache_read.input_tokens": 500,
        "gen_ai.usage.cache_creation.input_tokens": 300,
        "anthropic.usage.cache_creation.ephemeral_1h_input_tokens": 200,
    }
    api.send(traces([span(1, 1, attributes=attributes)]))
    # 200 x 1 + 500 x 0.10 + 100 x 1.25 + 200 x 2 + 100 x 5, a million.
    assert figures(api, store) == [(1000, 100, Decimal("0.001275"))] * 4
    lines = priced(api)["spans"][0]["lines"]
    assert [(line["bucket"], line["quantity"], line["amount"]) for line in lines] == [
        ("input", 200, "0.0002"),
        ("cache_read", 500, "0.00005"),
        ("cache_write", 100, "0.000125"),
        ("cache_write_1h", 200, "0.0004"),
        ("output", 100, "0.0005"),
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "total"),
    [
        # A framework's span and the SDK's: the same answer, although the model is named otherwise.
        (chat(10, 2, gen_ai__response__id="r1"), chat(10, 2, gen_ai__response__id="r1"), 10),
        (chat(10, 2), chat(10, 2, gen_ai__response__id="r1"), 10),
        (chat(10, 2), chat(10, 2, gen_ai__request__model="gpt-4o-2024-08-06"), 10),
        # Not the same call.
        (chat(10, 2, gen_ai__response__id="r1"), chat(10, 2, gen_ai__response__id="r2"), 20),
        (chat(10, 2), chat(10, 3), 20),
        (chat(10, 2), chat(10, 2, gen_ai__request__model="gpt-3.5-turbo"), 20),
    ],
)
def test_of_one_call_told_twice_the_innermost_counts(
    api: Api, store: Store, outer: dict[str, Value], inner: dict[str, Value], total: int
) -> None:
    api.send(
        traces(
            [
                span(1, 1, duration=9 * MS, attributes=outer),
                span(1, 2, parent=1, start=MS, duration=5 * MS),
                span(1, 3, parent=2, start=2 * MS, attributes=inner),
            ]
        )
    )
    assert [figure[0] for figure in figures(api, store)] == [total] * 4
    assert [s["span_id"] for s in priced(api)["spans"]][-1] == span_id(3)


def test_like_calls_side_by_side_are_two(api: Api, store: Store) -> None:
    api.send(
        traces(
            [
                span(1, 1),
                span(1, 2, parent=1, duration=9 * MS, attributes=chat(10, 2)),
                span(1, 3, parent=1, start=MS, attributes=chat(10, 2)),
            ]
        )
    )
    assert [figure[0] for figure in figures(api, store)] == [20] * 4


def test_no_known_price_is_no_cost(api: Api) -> None:
    """Never 0, and the model is named."""
    own = chat(1000, 100, gen_ai__request__model="our-own", gen_ai__provider__name="ours")
    api.send(traces([span(1, 1, attributes=own)]))
    cost = api.get(f"/api/traces/{TRACE}/cost")
    assert (cost["total"], cost["unpriced_models"]) == (None, ["our-own"])
    assert cost["spans"][0]["source"] == "unknown"
    listed = api.get("/api/traces", start=0, end=2**62)["traces"][0]
    assert (listed["cost"], listed["unpriced_models"]) == (None, ["our-own"])
    assert api.get(f"/api/traces/{TRACE}/skeleton")["spans"]["cost"] == [None]


def test_what_the_sender_reports_counts_where_no_price_is_known(api: Api) -> None:
    """Where one is, ours counts and both are shown."""
    unknown = chat(
        10, 1, gen_ai__request__model="our-own", gen_ai__provider__name="ours", operation__cost=0.25
    )
    known = chat(1000, 100, operation__cost=0.25)
    api.send(traces([span(2, 1, attributes=chat(1, 1))]))
    priced(api, 2)
    api.send(traces([span(1, 1, attributes=unknown), span(1, 2, start=MS, attributes=known)]))
    cost = priced(api)
    assert cost["total"] == "0.2535"
    assert [(s["source"], s["cost"], s["reported_cost"]) for s in cost["spans"]] == [
        ("reported", "0.25", "0.25"),
        ("price", "0.0035", "0.25"),
    ]


def test_a_million_tokens_over_a_tier_cost_its_price(api: Api) -> None:
    """gemini-2.5-pro: 1.25 and 10 dollars a million, over 200,000 input tokens 2.50 and 15."""
    attributes = {
        "gen_ai__provider__name": "gcp.gemini",
        "gen_ai__request__model": "gemini-2.5-pro",
    }
    api.send(
        traces(
            [
                span(1, 1, attributes=chat(200_000, 1000, **attributes)),
                span(1, 2, start=MS, attributes=chat(200_001, 1000, **attributes)),
            ]
        )
    )
    cost = priced(api)
    assert [(s["cost"], s["over_input_tokens"]) for s in cost["spans"]] == [
        ("0.26", 0),
        ("0.5150025", 200_000),
    ]
    assert cost["total"] == "0.7750025"


def test_spans_are_found_by_what_they_cost(api: Api) -> None:
    """Input 2.50 dollars a million, output 10."""
    api.send(
        traces(
            [
                span(1, 1, attributes=chat(1000, 100)),
                span(1, 2, start=MS, attributes=chat(4000, 100)),
                span(1, 3, start=2 * MS),
            ]
        )
    )
    priced(api)
    for query, found in (
        ("cost > 0.0035", [2]),
        ("cost = 0.0035", [1]),
        ("cost != 0.0035", [2]),
        ("cost.output < 0.0011", [1, 2]),
        ("cost.input >= 0.01", [2]),
        ("not exists(cost)", [3]),
    ):
        answer = api.get("/api/spans", query=query, start=0, end=2**62)
        assert sorted(s["span_id"] for s in answer["spans"]) == [span_id(n) for n in found], query


def test_users_sql_reads_the_same_figures(api: Api) -> None:
    api.send(
        traces([span(1, 1, attributes=AGENT), span(1, 2, parent=1, attributes=chat(1000, 100))])
    )
    priced(api)
    response = api.client.post(
        "/api/sql",
        json={"query": "SELECT sum(InputTokens), sum(Cost) FROM gen_ai_usage WHERE Counted"},
        headers={"x-spanhouse-project": api.project},
    )
    assert response.status_code == 200, response.text
    assert response.json()["rows"] == [["1000", "0.0035"]]


def reprice(api: Api, **asked: Any) -> list[dict[str, Any]]:
    """What `spanhouse reprice` asks of a running server."""
    body = {"project": api.project, "since": None, "dry_run": False} | asked
    response = api.client.post("/v1/prices/reprice", json=body)
    assert response.status_code == 200, response.text
    changes: list[dict[str, Any]] = response.json()["changes"]
    return changes


def test_history_is_repriced_by_command_alone(api: Api, store: Store, data: Path) -> None:
    own = chat(1000, 100, gen_ai__request__model="our-own", gen_ai__provider__name="ours")
    later = span(1, 2, start=48 * HOUR, attributes=own)
    api.send(traces([span(1, 1, attributes=own), later]))
    file = data / "prices.toml"
    for _ in range(100):
        if store.rows(
            "SELECT 1 FROM gen_ai_prices WHERE ProjectId = {p:String}", {"p": api.project}
        ):
            break
        time.sleep(0.05)
    try:
        file.write_text('[[price]]\nmodel = "our-own"\ninput = 1\noutput = 10\n')
        assert reprice(api, dry_run=True) == reprice(api, dry_run=True) != []
        assert api.get(f"/api/traces/{TRACE}/cost")["total"] is None
        (change,) = reprice(api, since="2026-01-02")
        assert (change["before"]["name"], change["after"]["name"]) == ("", "ours/our-own")
        cost = api.get(f"/api/traces/{TRACE}/cost")
        assert [s["cost"] for s in cost["spans"]] == [None, "0.002"]
        assert cost["spans"][1]["price_version"] == "prices.toml"
        assert len(reprice(api)) == 1
        assert figures(api, store) == [(2000, 200, Decimal("0.004"))] * 4
        assert reprice(api) == []
        assert reprice(api, project="another") == []
        file.write_text("[[price]]\n")
        refused = api.client.post("/v1/prices/reprice", json={})
        assert (refused.status_code, "has no model" in refused.json()["detail"]) == (500, True)
        foreign = api.client.post(
            "/v1/prices/reprice", json={}, headers={"origin": "http://localhost:7070"}
        )
        assert foreign.status_code == 403
    finally:
        file.unlink()


def test_sql_and_the_page_count_the_same_spans_of_any_tree(api: Api, store: Store) -> None:
    """Random trees of calls that are alike, with and without ids of responses."""
    chance = random.Random(5)
    for number in range(1, 31):
        spans = []
        for place in range(1, chance.randint(4, 40)):
            attributes = chat(chance.choice((10, 10, 20)), 2)
            if chance.random() < 0.3:
                attributes = {"gen_ai.operation.name": "invoke_agent"}
            elif chance.random() < 0.3:
                attributes["gen_ai.response.id"] = f"r{chance.randrange(3)}"
            if chance.random() < 0.2:
                attributes["gen_ai.request.model"] = chance.choice(("gpt-4", "gpt-4o-2024-08-06"))
            parent = chance.randrange(place)
            start = chance.randrange(50) * MS
            spans.append(span(number, place, parent=parent, start=start, attributes=attributes))
        api.send(traces(spans))
    in_sql = {
        (row["TraceId"], row["SpanId"])
        for row in store.rows(
            "SELECT TraceId, SpanId FROM gen_ai_usage WHERE ProjectId = {project:String} AND Counted",
            {"project": api.project},
        )
    }
    on_page = set()
    for number in range(1, 31):
        spans = api.get(f"/api/traces/{trace_id(number)}/skeleton")["spans"]
        on_page |= {
            (trace_id(number), found)
            for found, counts in zip(spans["span_id"], spans["counted"], strict=True)
            if counts
        }
    assert in_sql == on_page
    assert 100 < len(on_page) < 500


def test_a_page_of_many_spans_has_the_sums_of_its_traces(api: Api, store: Store) -> None:
    """More calls than are read one by one: sums of the store, but where a price or a repetition makes them wrong."""
    chance = random.Random(11)
    gemini: dict[str, Value] = {
        "gen_ai__provider__name": "gcp.gemini",
        "gen_ai__request__model": "gemini-2.5-pro",
    }
    others: list[dict[str, Value]] = [
        {},
        {},
        gemini,
        {"gen_ai__request__model": "ours-7b"},
        {"gen_ai__request__model": "ours-7b", "operation__cost": 0.125},
    ]
    for number in range(1, 49):
        spans = []
        for place in range(1, 13):
            tokens = chance.choice((chance.randrange(1, 10**5), chance.randrange(10**5, 4 * 10**5)))
            attributes = chat(tokens, chance.randrange(1000), **chance.choice(others))
            attributes["gen_ai.usage.cache_read.input_tokens"] = chance.choice((0, tokens // 2))
            if number % 2:
                attributes["gen_ai.response.id"] = f"r{chance.randrange(100)}"
            start = place * MS
            spans.append(span(number, place, parent=place - 1, start=start, attributes=attributes))
        api.send(traces(spans))
    for number in range(1, 49):
        cost = api.get(f"/api/traces/{trace_id(number)}/cost")
        while any(model != "ours-7b" for model in cost["unpriced_models"]):
            time.sleep(0.05)
            cost = api.get(f"/api/traces/{trace_id(number)}/cost")
    listed = {
        trace["trace_id"]: trace
        for trace in api.get("/api/traces", start=0, end=2**62, limit=50)["traces"]
    }
    in_sql = store.rows(
        "SELECT TraceId, sum(InputTokens) AS Input, sum(OutputTokens) AS Output, sum(Cost) AS Money, "
        "arraySort(groupUniqArrayIf(RequestModel, Cost IS NULL)) AS Unpriced FROM gen_ai_usage "
        "WHERE ProjectId = {project:String} AND Counted GROUP BY TraceId",
        {"project": api.project},
    )
    assert len(in_sql) == len(listed) == 48
    for row in in_sql:
        trace = listed[row["TraceId"]]
        assert (trace["input_tokens"], trace["output_tokens"]) == (row["Input"], row["Output"])
        assert trace["cost"] == pytest.approx(float(row["Money"]), rel=1e-12)
        assert trace["unpriced_models"] == row["Unpriced"]
    assert any(trace["unpriced_models"] for trace in listed.values())
