"""Values of metrics over time: each kind, each temporality, what resets, gaps and restarts make of them."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api
from .measured import (
    CUMULATIVE,
    DELTA,
    NO_VALUE,
    buckets,
    counter,
    exemplar,
    exponential,
    gauge,
    histogram,
    metrics,
    number,
    scaled,
    summary,
    told,
)
from .sent import MINUTE, SECOND, T0, span_id, trace_id

NONE: dict[str, str] = {}


def ask(api: Api, name: str, minutes: int, step: int = MINUTE, **params: Any) -> Any:
    """The answer over the first minutes after T0."""
    window = {"start": T0, "end": T0 + minutes * MINUTE, "step": step}
    return api.get("/api/metrics/query", name=name, **(window | params))


def values(api: Api, name: str, minutes: int, **params: Any) -> Any:
    """The values of the only series."""
    found = ask(api, name, minutes, **params)
    assert (found["total"], len(found["series"])) == (1, 1), found
    return found["series"][0]["values"]


def by_label(api: Api, name: str, minutes: int, key: str, **params: Any) -> dict[str, Any]:
    """The values of each series by its label."""
    found = ask(api, name, minutes, group_by=key, **params)
    assert found["total"] == len(found["series"])
    return {series["labels"][key]: series["values"] for series in found["series"]}


def test_a_cumulative_counter_gives_rates(api: Api) -> None:
    points = [number(minute * MINUTE, minute * 60, 0) for minute in (1, 2, 3)]
    api.send(metrics(counter("c", points)), "metrics")
    # The last point is at the end of the third minute: there is nothing of the fourth.
    assert values(api, "c", 4) == [1.0, 1.0, 1.0, None]
    assert values(api, "c", 4, aggregation="increase") == [60.0, 60.0, 60.0, None]


def test_a_reset_is_no_negative_rate(api: Api) -> None:
    """The count falls and no new start is told: what it says then was counted since."""
    points = [
        number(MINUTE, 100),
        number(2 * MINUTE, 160),
        number(3 * MINUTE, 30),
        number(4 * MINUTE, 90),
    ]
    api.send(metrics(counter("c", points)), "metrics")
    # Without a start nobody knows over which time the first 100 came.
    assert values(api, "c", 4, aggregation="increase") == [None, 60.0, 30.0, 60.0]


def test_a_restart_is_no_spike(api: Api) -> None:
    """A new start that is told: its first count was counted since then, and nothing while it was down."""
    points = [
        number(MINUTE, 1000, -3600 * SECOND),
        number(2 * MINUTE, 1060, -3600 * SECOND),
        # Down for 30 s, then 30 s of 2 a second.
        number(3 * MINUTE, 60, 2 * MINUTE + 30 * SECOND),
        number(4 * MINUTE, 180, 2 * MINUTE + 30 * SECOND),
    ]
    api.send(metrics(counter("c", points)), "metrics")
    assert values(api, "c", 4, aggregation="increase") == [None, 60.0, 60.0, 120.0]
    assert values(api, "c", 4, step=30 * SECOND) == [None, None, 1.0, 1.0, None, 2.0, 2.0, 2.0]


def test_a_new_process_beside_the_old_one_is_no_spike(api: Api) -> None:
    old = counter("c", [number(MINUTE, 60, 0), number(90 * SECOND, 90, 0)])
    new = counter("c", [number(2 * MINUTE, 30, 90 * SECOND), number(3 * MINUTE, 90, 90 * SECOND)])
    api.send(metrics(old, resource={"service.instance.id": "a"}), "metrics")
    api.send(metrics(new, resource={"service.instance.id": "b"}), "metrics")
    assert values(api, "c", 3) == [1.0, 1.0, 1.0]


def test_two_processes_that_share_all_attributes_are_told_apart_by_their_starts(api: Api) -> None:
    one = [number(minute * MINUTE, minute * 60, 0) for minute in (1, 2, 3)]
    other = [
        number(minute * MINUTE + SECOND, 6000 + minute * 60, -6000 * SECOND)
        for minute in (0, 1, 2, 3)
    ]
    api.send(metrics(counter("c", one + other)), "metrics")
    found = values(api, "c", 3, aggregation="increase")
    assert found == [pytest.approx(119), pytest.approx(120), pytest.approx(120)]


def test_a_gap_is_its_average(api: Api) -> None:
    points = [number(MINUTE, 60, 0), number(4 * MINUTE, 240, 0)]
    api.send(metrics(counter("c", points)), "metrics")
    assert values(api, "c", 4) == [1.0, 1.0, 1.0, 1.0]


def test_what_stopped_has_no_value(api: Api) -> None:
    api.send(metrics(counter("c", [number(MINUTE, 60, 0), number(2 * MINUTE, 60, 0)])), "metrics")
    assert values(api, "c", 4) == [1.0, 0.0, None, None]


def test_the_last_step_is_over_what_was_measured_of_it(api: Api) -> None:
    points = [number(MINUTE, 60, 0), number(90 * SECOND, 90, 0)]
    api.send(metrics(counter("c", points)), "metrics")
    assert values(api, "c", 2) == [1.0, 1.0]
    assert values(api, "c", 2, aggregation="increase") == [60.0, 30.0]


def test_a_delta_counter_gives_the_same_rates(api: Api) -> None:
    points = [number(minute * MINUTE, 60, (minute - 1) * MINUTE) for minute in (1, 2, 4)]
    api.send(metrics(counter("c", points, DELTA)), "metrics")
    api.send(metrics(counter("c", points[-1:], DELTA)), "metrics")  # sent twice, counted once
    assert values(api, "c", 5) == [1.0, 1.0, None, 1.0, None]
    assert values(api, "c", 4, step=2 * MINUTE) == [1.0, 0.5]


def test_steps_shorter_than_the_interval_share_its_increase(api: Api) -> None:
    points = [number(0, 0, 0), number(MINUTE, 60, 0), number(2 * MINUTE, 180, 0)]
    api.send(metrics(counter("c", points)), "metrics")
    assert values(api, "c", 2, step=30 * SECOND, aggregation="increase") == [30.0, 30.0, 60.0, 60.0]


def test_what_goes_up_and_down_is_a_gauge(api: Api) -> None:
    points = [number(0, 5), number(MINUTE, -3), number(2 * MINUTE, 4)]
    api.send(metrics(counter("c", points, is_monotonic=False)), "metrics")
    assert values(api, "c", 3) == [5.0, -3.0, 4.0]
    changes = [
        number(minute * MINUTE, change, (minute - 1) * MINUTE)
        for minute, change in ((1, 5), (2, -3))
    ]
    api.send(metrics(counter("d", changes, DELTA, is_monotonic=False)), "metrics")
    assert values(api, "d", 2) == [5.0, -3.0]


def test_a_gauge_by_every_aggregation(api: Api) -> None:
    one = [number(0, 1.0), number(30 * SECOND, 3.0), number(MINUTE, 8.0)]
    other = [number(10 * SECOND, 10.0)]
    api.send(metrics(gauge("g", one), resource={"host.name": "a"}), "metrics")
    api.send(metrics(gauge("g", other), resource={"host.name": "b"}), "metrics")
    expected = {
        # Of each series its mean, of these the mean; the second holds its value.
        "avg": [6.0, 9.0],
        "last": [3.0, 8.0],
        "sum": [13.0, 18.0],
        "min": [1.0, 8.0],
        "max": [10.0, 10.0],
        "count": [2.0, 2.0],
    }
    assert {how: values(api, "g", 2, aggregation=how) for how in expected} == expected


def test_a_gauge_holds_for_five_minutes_or_until_it_ends(api: Api) -> None:
    api.send(metrics(gauge("g", [number(-2 * MINUTE, 7.0, attributes={"of": "kept"})])), "metrics")
    ended = [
        number(0, 1.0, attributes={"of": "ended"}),
        number(90 * SECOND, 0.0, attributes={"of": "ended"}, flags=NO_VALUE),
    ]
    api.send(metrics(gauge("g", ended)), "metrics")
    assert by_label(api, "g", 5, "of") == {
        "kept": [7.0, 7.0, 7.0, 7.0, None],
        "ended": [1.0, None, None, None, None],
    }


def test_a_histogram_interpolates_within_its_buckets(api: Api) -> None:
    bounds = (1.0, 2.0, 4.0)
    points = [buckets(0, (0, 0, 0, 0), bounds), buckets(MINUTE, (2, 6, 2, 0), bounds, sum=17.0)]
    api.send(metrics(histogram("h", points)), "metrics")
    assert values(api, "h", 1, aggregation="p50") == [1.5]  # the third of six between 1 and 2
    assert values(api, "h", 1, aggregation="p90") == [3.0]
    assert values(api, "h", 1, aggregation="p10") == [0.5]  # the first bucket begins at 0
    assert values(api, "h", 1, aggregation="count") == [10.0]
    assert values(api, "h", 1, aggregation="rate") == [pytest.approx(10 / 60)]
    assert values(api, "h", 1, aggregation="p100") == [4.0]


def test_average_and_sum_of_a_histogram(api: Api) -> None:
    bounds = (10.0,)
    points = [
        buckets(0, (4, 0), bounds, sum=8.0),
        buckets(MINUTE, (6, 0), bounds, sum=20.0),
        buckets(2 * MINUTE, (6, 0), bounds, sum=20.0),
    ]
    api.send(metrics(histogram("h", points)), "metrics")
    assert values(api, "h", 2, aggregation="avg") == [6.0, None]
    assert values(api, "h", 2, aggregation="sum") == [12.0, 0.0]


def test_beyond_the_last_bound_a_quantile_goes_towards_the_maximum(api: Api) -> None:
    bounds = (1.0, 2.0)
    known = buckets(MINUTE, (0, 0, 4), bounds, sum=20.0, min=3.0, max=10.0)
    api.send(metrics(histogram("known", [known], DELTA)), "metrics")
    api.send(metrics(histogram("unknown", [buckets(MINUTE, (0, 0, 4), bounds)], DELTA)), "metrics")
    assert values(api, "known", 1, aggregation="p50") == [6.5]  # half way from 3 to 10
    assert values(api, "unknown", 1, aggregation="p50") == [2.0]  # at least


def test_minimum_and_maximum_narrow_a_bucket(api: Api) -> None:
    point = buckets(MINUTE, (0, 5, 0), (1.0, 100.0), sum=15.0, min=3.0, max=3.0)
    api.send(metrics(histogram("h", [point], DELTA)), "metrics")
    assert values(api, "h", 1, aggregation="p99") == [3.0]


def test_a_maximum_from_before_narrows_nothing(api: Api) -> None:
    """A cumulative maximum is of all time: the 50 was measured in the first minute."""
    points = [
        buckets(MINUTE, (0, 0, 1), (1.0, 2.0), min=50.0, max=50.0, sum=50.0),
        buckets(2 * MINUTE, (0, 0, 3), (1.0, 2.0), min=5.0, max=50.0, sum=60.0),
    ]
    api.send(metrics(histogram("h", points)), "metrics")
    assert values(api, "h", 2, aggregation="p50") == [50.0, 2.0]


def test_a_histogram_that_was_reset_counts_anew(api: Api) -> None:
    bounds = (1.0, 2.0)
    points = [
        buckets(MINUTE, (0, 100, 0), bounds, None),
        buckets(2 * MINUTE, (0, 110, 0), bounds, None),
        buckets(3 * MINUTE, (8, 0, 0), bounds, None),
    ]
    api.send(metrics(histogram("h", points)), "metrics")
    assert values(api, "h", 3, aggregation="count") == [None, 10.0, 8.0]
    assert values(api, "h", 3, aggregation="p50") == [None, 1.5, 0.5]


def test_histograms_of_other_bounds_are_added(api: Api) -> None:
    one = buckets(MINUTE, (0, 4, 0), (0.0, 4.0), attributes={"of": "a"})
    other = buckets(MINUTE, (0, 4, 4, 0), (0.0, 1.0, 2.0), attributes={"of": "b"})
    api.send(metrics(histogram("h", [one, other], DELTA)), "metrics")
    # Up to 1: 1 + 4, up to 2: 2 + 8, up to 4: 4 + 8.
    assert values(api, "h", 1, aggregation="p50") == [pytest.approx(1.2)]
    assert by_label(api, "h", 1, "of", aggregation="p50") == {"a": [2.0], "b": [1.0]}


def test_an_exponential_histogram_interpolates_by_logarithm(api: Api) -> None:
    # At scale 0 the bucket 2 is (4, 8].
    point = scaled(MINUTE, 0, (2, (4,)))
    api.send(metrics(exponential("e", [point], DELTA)), "metrics")
    assert values(api, "e", 1, aggregation="p50") == [pytest.approx(2**2.5)]
    assert values(api, "e", 1, aggregation="p100") == [pytest.approx(8.0)]


def test_exponential_histograms_of_other_scales_are_added(api: Api) -> None:
    # At scale 2 the buckets 8 to 11 are the bucket 2 of scale 0, (4, 8]; at scale 1 -2 and -1 are -1 of scale 0.
    fine = scaled(MINUTE, 2, (8, (1, 1, 1, 1)), attributes={"of": "fine"})
    coarse = scaled(MINUTE, 0, (3, (4,)), attributes={"of": "coarse"})
    low = scaled(MINUTE, 1, (-2, (1, 1)), attributes={"of": "low"})
    api.send(metrics(exponential("e", [fine, coarse, low], DELTA)), "metrics")
    # Ten: two in (0.5, 1], four in (4, 8], four in (8, 16].
    assert values(api, "e", 1, aggregation="p40") == [pytest.approx(2**2.5)]
    assert values(api, "e", 1, aggregation="p80") == [pytest.approx(2**3.5)]
    assert values(api, "e", 1, aggregation="p10") == [pytest.approx(2**-0.5)]
    assert by_label(api, "e", 1, "of", aggregation="p50")["fine"] == [pytest.approx(2**2.5)]


def test_zero_and_negative_buckets_have_their_place(api: Api) -> None:
    # Two in [-4, -2), two around zero, two in (2, 4].
    point = scaled(MINUTE, 0, (1, (2,)), (1, (2,)), 2, zero_threshold=0.5)
    api.send(metrics(exponential("e", [point], DELTA)), "metrics")
    assert values(api, "e", 1, aggregation="p50") == [pytest.approx(0.0)]
    assert values(api, "e", 1, aggregation="p0") == [pytest.approx(-4.0)]
    assert values(api, "e", 1, aggregation="p100") == [pytest.approx(4.0)]
    assert values(api, "e", 1, aggregation="p25") == [pytest.approx(-(2**1.25))]


def test_a_cumulative_exponential_histogram_that_changes_its_scale(api: Api) -> None:
    points = [
        # Two at scale 1 in (4, 8]: buckets 4 and 5.
        scaled(MINUTE, 1, (4, (1, 1))),
        # The same two at scale 0, and four more in (16, 32].
        scaled(2 * MINUTE, 0, (2, (2, 0, 4))),
    ]
    api.send(metrics(exponential("e", points)), "metrics")
    assert values(api, "e", 2, aggregation="p50") == [pytest.approx(2**2.5), pytest.approx(2**4.5)]
    assert values(api, "e", 2, aggregation="count") == [2.0, 4.0]


def test_a_summary_has_the_quantiles_it_tells(api: Api) -> None:
    points = [
        told(MINUTE - SECOND, 10, 5.0, {0.5: 0.4, 0.95: 2.0}),
        told(2 * MINUTE - SECOND, 30, 25.0, {0.5: 0.6, 0.95: 3.0}),
    ]
    api.send(metrics(summary("s", points)), "metrics")
    assert values(api, "s", 2, aggregation="p50") == [0.4, 0.6]
    assert ask(api, "s", 2, aggregation="p90")["series"] == []
    assert values(api, "s", 2, aggregation="avg")[1] == 1.0
    assert values(api, "s", 2, aggregation="count")[1] == pytest.approx(20 * 59 / 60)


def test_series_are_grouped_and_filtered(api: Api) -> None:
    def of(route: str, method: str, count: int) -> Any:
        return number(MINUTE, count, 0, {"http.route": route, "http.request.method": method})

    points = [
        of("/a", "GET", 60),
        of("/a", "POST", 120),
        of("/b", "GET", 180),
        number(MINUTE, 6, 0),
    ]
    api.send(metrics(counter("c", points), service="web"), "metrics")
    assert by_label(api, "c", 1, "http.route") == {"/b": [3.0], "/a": [3.0], "": [0.1]}
    assert by_label(api, "c", 1, "metric.http.request.method", query="http.route = /a") == {
        "GET": [1.0],
        "POST": [2.0],
    }
    assert by_label(api, "c", 1, "service") == {"web": [6.1]}
    assert by_label(api, "c", 1, "resource.service.name", query="http.route ~ `/[bc]`") == {
        "web": [3.0]
    }
    assert ask(api, "c", 1, query="service = nobody")["series"] == []
    assert ask(api, "c", 1, group_by=["http.route", "service"])["series"][0]["labels"] == {
        "http.route": "/a",
        "service": "web",
    }


def test_the_largest_series_are_shown_and_all_are_counted(api: Api) -> None:
    points = [number(0, float(size), attributes={"n": size}) for size in range(30)]
    api.send(metrics(gauge("g", points)), "metrics")
    found = ask(api, "g", 1, group_by="n", limit=3)
    assert [series["labels"]["n"] for series in found["series"]] == ["29", "28", "27"]
    assert found["total"] == 30


def test_exemplars_lead_to_traces(api: Api) -> None:
    seen = [exemplar(30 * SECOND, 0.25, 7, 8), exemplar(40 * SECOND, 3.5, 9, 10)]
    points = [
        buckets(minute * MINUTE, (1, 1), (1.0,), exemplars=seen, attributes={"route": "/a"})
        for minute in (1, 2)
    ]
    api.send(metrics(histogram("h", points)), "metrics")
    found = ask(api, "h", 2, group_by="route")
    assert found["exemplar_total"] == 2
    assert found["exemplars"] == [
        {
            "time_unix_nano": str(T0 + 40 * SECOND),
            "value": 3.5,
            "trace_id": trace_id(9),
            "span_id": span_id(10),
            "labels": {"route": "/a"},
        },
        {
            "time_unix_nano": str(T0 + 30 * SECOND),
            "value": 0.25,
            "trace_id": trace_id(7),
            "span_id": span_id(8),
            "labels": {"route": "/a"},
        },
    ]


def test_the_window_is_of_whole_steps(api: Api) -> None:
    api.send(metrics(gauge("g", [number(30 * SECOND, 1.0)])), "metrics")
    found = api.get(
        "/api/metrics/query", name="g", start=T0 + 10 * SECOND, end=T0 + 70 * SECOND, step=MINUTE
    )
    assert (found["start_time_unix_nano"], found["end_time_unix_nano"]) == (
        str(T0),
        str(T0 + 2 * MINUTE),
    )
    assert found["series"][0]["values"] == [1.0, 1.0]
    hour = api.get("/api/metrics/query", name="g", start=T0, end=T0 + 60 * MINUTE)
    assert hour["step_nano"] == 30 * SECOND


def test_metrics_are_listed_with_what_they_are(api: Api) -> None:
    api.send(
        metrics(
            gauge(
                "memory",
                [number(0, 1.0, attributes={"a": 1}), number(0, 1.0, attributes={"a": 2})],
                "By",
            ),
            counter("requests", [number(0, 1)], unit="{request}"),
            counter("requests.delta", [number(0, 1)], DELTA),
            histogram("latency", [buckets(SECOND, (1, 1), (1.0,))]),
        ),
        "metrics",
    )
    api.send(metrics(gauge("latency", [number(0, 1.0)])), "metrics")
    window = {"start": T0, "end": T0 + MINUTE}
    found = api.get("/api/metrics", **window)
    assert [(metric["name"], metric["kind"], metric["unit"]) for metric in found["metrics"]] == [
        ("latency", "gauge", "1"),
        ("latency", "histogram", "s"),
        ("memory", "gauge", "By"),
        ("requests", "sum", "{request}"),
        ("requests.delta", "sum", "1"),
    ]
    assert found["metrics"][2] == {
        "name": "memory",
        "kind": "gauge",
        "unit": "By",
        "description": "what memory is",
        "temporality": [],
        "is_monotonic": False,
        "aggregations": ["avg", "last", "sum", "min", "max", "count"],
        "series_count": 2,
        "point_count": 2,
        "last_time_unix_nano": str(T0),
    }
    assert found["metrics"][4]["temporality"] == ["delta"]
    short = api.get("/api/metrics", search="REQ", limit=1, **window)
    assert ([metric["name"] for metric in short["metrics"]], short["total"]) == (["requests"], 2)
    assert api.get("/api/metrics", start=T0 + MINUTE, end=T0 + 2 * MINUTE)["metrics"] == []


def test_attributes_of_a_metric_are_listed(api: Api) -> None:
    points = [
        number(0, 1.0, attributes={"route": route, "method": "GET"})
        for route in ("/a", "/b", "/a/c")
    ]
    api.send(metrics(gauge("http/server", points), service="web"), "metrics")
    window = {"start": T0, "end": T0 + MINUTE}
    keys = api.get("/api/metrics/http/server/attributes/keys", **window)
    assert keys["keys"] == [
        {"key": "route", "source": "metric", "value_count": 3, "series_count": 3},
        {"key": "method", "source": "metric", "value_count": 1, "series_count": 3},
        {"key": "service.name", "source": "resource", "value_count": 1, "series_count": 3},
    ]
    found = api.get(
        "/api/metrics/http/server/attributes/values", key="route", prefix="/A", **window
    )
    assert found == {
        "values": [{"value": "/a", "series_count": 1}, {"value": "/a/c", "series_count": 1}],
        "total": 2,
    }


@pytest.mark.parametrize(
    ("params", "detail"),
    [
        (
            {"aggregation": "rate"},
            "cannot aggregate a gauge by 'rate': of this one can be asked avg last sum min max count;",
        ),
        (
            {"step": 1},
            "cannot use the step of 1 nanoseconds: the window has 60000000000 of them and an answer holds 2000;",
        ),
        ({"query": "service ="}, "cannot read the query at character 10: found the end"),
        ({"query": "route ~ `(`"}, "cannot read the query at character 9"),
        ({"query": "{ service = web }"}, "cannot read the query at character 1"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    api: Api, params: dict[str, Any], detail: str
) -> None:
    api.send(metrics(gauge("g", [number(0, 1.0)])), "metrics")
    found = api.ask(
        "/api/metrics/query", **({"name": "g", "start": T0, "end": T0 + MINUTE} | params)
    )
    assert found.status_code == 400
    assert found.json()["detail"].startswith(detail)


def test_one_name_of_two_kinds_is_asked_by_kind(api: Api) -> None:
    api.send(metrics(gauge("x", [number(0, 1.0)]), counter("x", [number(0, 1)])), "metrics")
    window = {"name": "x", "start": T0, "end": T0 + MINUTE}
    refused = api.ask("/api/metrics/query", **window)
    assert "points of kind gauge and sum have that name" in refused.json()["detail"]
    assert api.get("/api/metrics/query", kind="gauge", **window)["series"][0]["values"][0] == 1.0


def test_a_metric_without_points_has_no_series(api: Api) -> None:
    found = ask(api, "nothing", 1)
    assert (found["kind"], found["series"], found["total"]) == (None, [], 0)


def test_both_temporalities_of_one_counter_are_added(api: Api) -> None:
    api.send(metrics(counter("c", [number(MINUTE, 60, 0)], CUMULATIVE)), "metrics")
    api.send(metrics(counter("c", [number(MINUTE, 60, 0)], DELTA)), "metrics")
    assert values(api, "c", 1) == [2.0]
