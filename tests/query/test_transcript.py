"""The transcript of a trace: cards in order, what is new in a turn, tool calls joined with their runs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spanhouse.query.answers.transcript import Transcript

from .conftest import Api
from .sent import MS, T0, Value, key_values, span, span_id, trace_id, traces

Said = dict[str, Any]


def text(role: str, content: str) -> Said:
    """A message of one text."""
    return {"role": role, "parts": [{"type": "text", "content": content}]}


def call(id: str, name: str, **arguments: Any) -> Said:
    """An answer that asks for a tool."""
    part = {"type": "tool_call", "id": id, "name": name, "arguments": arguments}
    return {"role": "assistant", "parts": [part]}


def response(id: str, result: Any) -> Said:
    """A tool's result, told to the model."""
    return {"role": "tool", "parts": [{"type": "tool_call_response", "id": id, "response": result}]}


def chat(
    inputs: list[Said], output: Said, system: str = "be brief", tokens: int = 0
) -> dict[str, Value]:
    """The attributes of a call of a model."""
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "m-1",
        "gen_ai.usage.input_tokens": tokens,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.system_instructions": json.dumps([{"type": "text", "content": system}]),
        "gen_ai.input.messages": json.dumps(inputs),
        "gen_ai.output.messages": json.dumps([output]),
    }


def agent(name: str) -> dict[str, Value]:
    """The attributes of an agent's invocation."""
    return {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name}


def tool(name: str, id: str = "", arguments: str = "", result: str = "") -> dict[str, Value]:
    """The attributes of a tool's run."""
    return {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": name,
        "gen_ai.tool.call.id": id,
        "gen_ai.tool.call.arguments": arguments,
        "gen_ai.tool.call.result": result,
    }


def transcript(api: Api, **params: int) -> Any:
    """The transcript of trace 1; its shape is that of the model the page's types come from."""
    found = api.get(f"/api/traces/{trace_id(1)}/transcript", **params)
    return Transcript.model_validate(found).model_dump() and found


def said(messages: list[Any]) -> list[str]:
    """Messages as `role: text`, parts joined by a bar."""
    return [
        f"{message['role']}: " + " | ".join(part["text"]["text"] for part in message["parts"])
        for message in messages
    ]


QUESTION = text("user", "where is my order?")
ASKS = call("c1", "find", q="7731")
FOUND = response("c1", "in Leipzig")
ANSWER = text("assistant", "It is in Leipzig.")


def send_support(api: Api) -> None:
    """An agent asks for a tool, inside which a second agent answers; then it answers itself."""
    api.send(
        traces(
            [
                span(1, 1, "POST /ask", duration=100 * MS),
                span(1, 2, "agent", parent=1, start=MS, duration=90 * MS, attributes=agent("support")),
                span(1, 3, "chat", parent=2, start=2 * MS, attributes=chat([QUESTION], ASKS, tokens=20)),
                span(1, 4, "tool", parent=2, start=10 * MS, duration=50 * MS,
                     attributes=tool("find", "c1", '{"q": "7731"}', "in Leipzig")),
                span(1, 5, "GET", parent=4, start=11 * MS, duration=40 * MS),
                span(1, 6, "agent", parent=5, start=12 * MS, duration=30 * MS, attributes=agent("parcels")),
                span(1, 7, "chat", parent=6, start=13 * MS,
                     attributes=chat([text("user", "find 7731")], text("assistant", "in Leipzig"), "find parcels")),
                span(1, 8, "chat", parent=2, start=70 * MS,
                     attributes=chat([QUESTION, ASKS, FOUND], ANSWER, tokens=50)),
            ]
        )
    )  # fmt: skip


def test_cards_are_in_order_and_nested(api: Api) -> None:
    send_support(api)
    found = transcript(api)
    assert [
        (card["type"], card["depth"], card["span_id"][-1], card["parent_span_id"][-1:])
        for card in found["cards"]
    ] == [
        ("agent", 0, "2", ""),
        ("turn", 1, "3", "2"),
        ("tool", 1, "4", "2"),
        ("agent", 2, "6", "4"),
        ("turn", 3, "7", "6"),
        ("turn", 1, "8", "2"),
    ]
    assert [card.get("agent") for card in found["cards"]] == [
        "support", "support", None, "parcels", "parcels", "support",
    ]  # fmt: skip
    assert (found["card_count"], found["next_offset"]) == (6, None)
    assert said(found["input"]) == ["user: where is my order?"]
    assert said(found["final_answer"]) == ["assistant: It is in Leipzig."]
    assert found["usage"] == {
        "model_calls": 3, "tool_calls": 1, "errors": 0, "input_tokens": 70, "output_tokens": 15,
        "cost": None,
    }  # fmt: skip
    assert found["cards"][3]["usage"]["model_calls"] == 1
    assert (found["cards"][0]["start"], found["cards"][0]["duration"]) == (MS, 90 * MS)


def test_a_turn_shows_what_is_new_in_it(api: Api) -> None:
    send_support(api)
    first, second = (transcript(api)["cards"][at] for at in (1, 5))
    assert (first["turn"], second["turn"]) == (1, 2)
    assert said(first["new_messages"]) == ["user: where is my order?"]
    assert [part["text"]["text"] for part in first["system"]] == ["be brief"]
    assert (first["repeated_messages"], first["repeated_tokens"]) == (0, None)
    assert first["continues_span_id"] == ""
    assert said(second["new_messages"]) == ["tool: in Leipzig"]
    assert second["system"] == []
    assert (second["repeated_messages"], second["dropped_messages"]) == (2, 0)
    assert second["repeated_tokens"] == 20
    assert second["continues_span_id"] == span_id(3)


def test_a_tool_is_joined_with_its_call_by_id(api: Api) -> None:
    send_support(api)
    cards = transcript(api)["cards"]
    assert cards[2]["called_by_span_id"] == span_id(3)
    assert cards[2]["arguments"]["text"] == '{"q": "7731"}'
    assert cards[2]["result"]["text"] == "in Leipzig"
    [asked] = cards[1]["output"][0]["parts"]
    assert (asked["type"], asked["name"], asked["span_id"]) == ("tool_call", "find", span_id(4))
    [told] = cards[5]["new_messages"][0]["parts"]
    assert told["span_id"] == span_id(4)


def turns(api: Api, *calls: dict[str, Value]) -> list[Any]:
    """The cards of an agent's calls, one after the other."""
    spans = [span(1, 1, "agent", duration=900 * MS, attributes=agent("a"))]
    for number, attributes in enumerate(calls, 2):
        spans.append(span(1, number, "chat", parent=1, start=number * MS, attributes=attributes))
    api.send(traces(spans))
    cards: list[Any] = transcript(api)["cards"][1:]
    return cards


def test_reasoning_and_the_way_json_is_written_do_not_make_a_message_new(api: Api) -> None:
    answer = {
        "role": "assistant",
        "parts": [{"type": "reasoning", "content": "hm"}, *ASKS["parts"]],
        "finish_reason": "tool_call",
    }
    again = call("c1", "find")
    again["parts"][0]["arguments"] = '{"q":"7731"}'
    _, second = turns(
        api, chat([QUESTION], answer, tokens=9), chat([QUESTION, again, FOUND], ANSWER, tokens=9)
    )
    assert said(second["new_messages"]) == ["tool: in Leipzig"]


def test_an_answer_that_is_sent_back_in_pieces_is_not_new(api: Api) -> None:
    answer = {"role": "assistant", "parts": [*ANSWER["parts"], *ASKS["parts"]]}
    _, second = turns(api, chat([QUESTION], answer), chat([QUESTION, ANSWER, ASKS, FOUND], ANSWER))
    assert said(second["new_messages"]) == ["tool: in Leipzig"]


def test_a_conversation_whose_beginning_was_dropped_goes_on(api: Api) -> None:
    more = text("user", "thanks")
    _, second = turns(
        api,
        chat([QUESTION, ASKS, FOUND], ANSWER, tokens=30),
        chat([FOUND, ANSWER, more], text("assistant", "bye"), "be kind", tokens=20),
    )
    assert said(second["new_messages"]) == ["user: thanks"]
    assert (second["repeated_messages"], second["dropped_messages"]) == (2, 2)
    assert second["repeated_tokens"] is None
    assert [part["text"]["text"] for part in second["system"]] == ["be kind"]


def test_a_user_who_says_the_same_again_is_heard(api: Api) -> None:
    yes = text("user", "yes")
    _, second = turns(api, chat([yes], ANSWER), chat([yes, ANSWER, yes], ANSWER))
    assert said(second["new_messages"]) == ["user: yes"]


def test_of_parallel_conversations_a_turn_goes_on_with_its_own(api: Api) -> None:
    other = text("user", "is this spam?")
    no = text("assistant", "no")
    cards = turns(
        api,
        chat([QUESTION], ASKS),
        chat([other], no),
        chat([QUESTION, ASKS, FOUND], ANSWER),
    )
    assert [card["continues_span_id"][-1:] for card in cards] == ["", "", "2"]
    assert said(cards[1]["new_messages"]) == ["user: is this spam?"]


def test_a_conversation_of_several_invocations_goes_on(api: Api) -> None:
    more = text("user", "thanks")
    api.send(
        traces(
            [
                span(1, 1, "session", duration=100 * MS),
                span(1, 2, "agent", parent=1, start=MS, duration=MS, attributes=agent("a")),
                span(1, 3, "chat", parent=2, start=MS, attributes=chat([QUESTION], ANSWER)),
                span(1, 4, "agent", parent=1, start=9 * MS, duration=MS, attributes=agent("a")),
                span(1, 5, "chat", parent=4, start=9 * MS, attributes=chat([QUESTION, ANSWER, more], ANSWER)),
            ]
        )
    )  # fmt: skip
    last = transcript(api)["cards"][-1]
    assert (last["turn"], last["continues_span_id"]) == (1, span_id(3))
    assert said(last["new_messages"]) == ["user: thanks"]


def test_a_call_that_wraps_another_is_told_once(api: Api) -> None:
    attributes = chat([QUESTION], ANSWER, tokens=7)
    api.send(
        traces(
            [
                span(1, 1, "chat", duration=9 * MS, attributes=attributes),
                span(1, 2, "retry", parent=1, start=MS),
                span(1, 3, "chat", parent=2, start=2 * MS, attributes=attributes),
            ]
        )
    )
    found = transcript(api)
    assert [card["span_id"] for card in found["cards"]] == [span_id(3)]
    assert (found["usage"]["model_calls"], found["usage"]["input_tokens"]) == (1, 7)


def test_a_tool_without_an_id_is_joined_by_its_name(api: Api) -> None:
    api.send(
        traces(
            [
                span(1, 1, "agent", duration=90 * MS, attributes=agent("a")),
                span(1, 2, "chat", parent=1, start=MS, attributes=chat([QUESTION], ASKS)),
                span(1, 3, "tool", parent=1, start=9 * MS, attributes=tool("find")),
                span(1, 4, "tool", parent=1, start=12 * MS, attributes=tool("other")),
            ]
        )
    )
    found = [
        card["called_by_span_id"] for card in transcript(api)["cards"] if card["type"] == "tool"
    ]
    assert found == [span_id(2), ""]


def test_a_retrieval_shows_its_query_and_documents(api: Api) -> None:
    attributes: dict[str, Value] = {
        "gen_ai.operation.name": "retrieval",
        "gen_ai.retrieval.query.text": "late parcel",
        "gen_ai.retrieval.documents": json.dumps(
            [{"id": "help-1", "score": 0.5, "content": "ask DHL"}, {"id": 2}]
        ),
    }
    embedding: dict[str, Value] = {
        "gen_ai.operation.name": "embeddings",
        "gen_ai.request.model": "e-1",
    }
    api.send(
        traces([span(1, 1, attributes=attributes), span(1, 2, start=MS, attributes=embedding)])
    )
    first, second = transcript(api)["cards"]
    assert (first["type"], first["query"]["text"], first["document_count"]) == (
        "retrieval", "late parcel", 2,
    )  # fmt: skip
    assert first["documents"] == [
        {"id": "help-1", "score": 0.5, "content": {"text": "ask DHL", "truncated": None}},
        {"id": "2", "score": None, "content": None},
    ]
    assert (second["operation"], second["model"], second["query"]) == ("embeddings", "e-1", None)


def test_a_failure_is_shown_with_the_end_of_its_stack(api: Api) -> None:
    failed = span(1, 1, "GET", error=True)
    failed.status.message = "read timed out"
    failed.events.add(
        name="exception",
        time_unix_nano=T0,
        attributes=key_values(
            {"exception.type": "Timeout", "exception.stacktrace": "first line\nlast line"}
        ),
    )
    api.send(traces([failed]))
    [card] = transcript(api, max_chars=9)["cards"]
    assert (card["type"], card["operation"], card["status"]) == ("step", "", "ERROR")
    assert card["error"] == {
        "type": "Timeout",
        "message": {"text": "read time", "truncated": {"shown": 9, "of": 14}},
        "stack": {"text": "last line", "truncated": {"shown": 9, "of": 20}},
    }


def test_a_page_ends_where_the_next_one_begins(api: Api) -> None:
    send_support(api)
    whole = transcript(api)
    cards: list[Any] = []
    offset: int | None = 0
    while offset is not None:
        page = transcript(api, offset=offset, limit=2)
        assert page["card_count"] == 6
        cards += page["cards"]
        offset = page["next_offset"]
    assert cards == whole["cards"]


def test_spans_that_share_an_id_keep_their_own_content(api: Api) -> None:
    api.send(
        traces(
            [
                span(1, 1, attributes=chat([text("user", "a")], ANSWER)),
                span(1, 1, start=MS, attributes=chat([text("user", "b")], ANSWER)),
            ]
        )
    )
    assert [said(card["new_messages"]) for card in transcript(api)["cards"]] == [
        ["user: a"],
        ["user: b"],
    ]


def test_a_trace_without_genai_has_no_cards(api: Api) -> None:
    api.send(traces([span(1, 1)]))
    found = transcript(api)
    assert (found["cards"], found["card_count"], found["input"], found["final_answer"]) == (
        [], 0, [], [],
    )  # fmt: skip


@pytest.mark.parametrize("path", ["transcript", "logs"])
def test_a_trace_that_is_not_stored_is_not_found(api: Api, path: str) -> None:
    assert api.ask(f"/api/traces/{trace_id(7)}/{path}").status_code == 404
