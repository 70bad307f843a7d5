"""What is said in the demo's conversations: prompts, tools, results, answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Script:
    """An agent's part."""

    agent: str
    description: str
    provider: str
    model: str
    response_model: str
    server: str
    instructions: str
    question: str
    tools: list[dict[str, Any]]
    lines: dict[str, str]
    results: dict[str, Any]


@dataclass(frozen=True)
class Question:
    """An ordinary question, its answer, and the tool it takes, if any."""

    asked: str
    answer: str
    tool: str | None = None
    arguments: dict[str, str] = field(default_factory=dict)
    result: Any = None


def _function(name: str, description: str, **properties: str) -> dict[str, Any]:
    return {
        "type": "function",
        "name": name,
        "description": description,
        "parameters": {
            "type": "object",
            "properties": {
                key: {"type": "string", "description": about} for key, about in properties.items()
            },
            "required": list(properties),
            "additionalProperties": False,
        },
    }


SUPPORT = Script(
    agent="support",
    description="Answers customers of the shop and acts on their orders.",
    provider="openai",
    model="gpt-5-mini",
    response_model="gpt-5-mini-2025-08-07",
    server="api.openai.com",
    instructions=(
        "You are the support agent of a web shop. Look things up before you answer; never guess a date, a price or "
        "an address. You may change an order only through `ask_delivery_agent`. If a tool fails, try it once more, "
        "then say what you could not find out. Answer in the customer's language, in at most five sentences, "
        "without marketing. Today is Monday."
    ),
    question=(
        "Hi, my order 7731 was supposed to arrive on Friday and it's still not here. Where is it? And if it isn't "
        "out for delivery yet, could it go to my office instead: Lindenstraße 12, 10969 Berlin?"
    ),
    tools=[
        _function(
            "get_order", "An order with its items, status and parcel.", order_id="Four digits."
        ),
        _function(
            "track_parcel",
            "Where the carrier last saw a parcel.",
            tracking_number="As on the label.",
        ),
        _function("search_help", "Search the help centre.", query="A few words."),
        _function(
            "ask_delivery_agent",
            "Hand a delivery task to the delivery agent.",
            task="What to do, in full.",
        ),
    ],
    lines={
        "plan": (
            "The customer wants to know where order 7731 is and whether the address can change. First I need the "
            "order: its status and the tracking number. The address change depends on where the parcel is."
        ),
        "look": (
            "Shipped on Wednesday with DHL. I need the parcel's last scan, and what our policy says about changing "
            "the address in transit. The two do not depend on each other, so I ask for both at once."
        ),
        "decide": (
            "The parcel sits in the Leipzig hub since Saturday because of a sorting fault and is not on a vehicle. "
            "Help article 118 allows a change until it is. The delivery agent has to do it."
        ),
        "task": (
            "Order 7731, tracking number JD014600003, is in the Leipzig hub and not out for delivery. Change its "
            "delivery address to Lindenstraße 12, 10969 Berlin, and tell me the new expected date."
        ),
        "done": (
            "Done: order 7731 now goes to Lindenstraße 12, 10969 Berlin. The carrier expects to deliver "
            "on Wednesday."
        ),
        "answer": (
            "I'm sorry about the wait. Your parcel has been in DHL's Leipzig hub since Saturday, held up by a fault "
            "in their sorting machine, and it is not on a delivery vehicle yet. I have changed the address to your "
            "office, Lindenstraße 12, 10969 Berlin, and DHL now expects to deliver it on Wednesday. Because it is "
            "more than two days late, the shipping fee of €4.90 goes back to your card. You can follow the parcel "
            "under the same tracking number, JD014600003."
        ),
    },
    results={
        "get_order": {
            "id": "7731",
            "status": "shipped",
            "placed_at": "2026-11-16T19:42:08Z",
            "promised": "2026-11-20",
            "items": [
                {"sku": "1YMWWN1N4O", "name": "Watch", "quantity": 1, "price": 109.99},
                {"sku": "0PUK6V6EV0", "name": "Candle Holder", "quantity": 2, "price": 18.5},
            ],
            "shipping": {"carrier": "DHL", "tracking_number": "JD014600003", "fee": 4.9},
        },
        "track_parcel": {
            "tracking_number": "JD014600003",
            "status": "in_transit",
            "out_for_delivery": False,
            "scans": [
                {"at": "2026-11-18T16:20:00Z", "place": "Hamburg", "event": "collected"},
                {
                    "at": "2026-11-21T03:11:00Z",
                    "place": "Leipzig hub",
                    "event": "delayed: sorting fault",
                },
            ],
        },
        "search_help": [
            {
                "id": "help-118",
                "title": "Changing the address of an order on its way",
                "text": "Possible until the parcel is on a delivery vehicle. Only to an address in the same country.",
            },
            {
                "id": "help-44",
                "title": "My parcel is late",
                "text": "More than two days after the promised date we give back the shipping fee without being asked.",
            },
        ],
    },
)

DELIVERY = Script(
    agent="delivery",
    description="Changes where and when parcels are delivered.",
    provider="anthropic",
    model="claude-sonnet-4-5",
    response_model="claude-sonnet-4-5-20250929",
    server="api.anthropic.com",
    instructions=(
        "You change deliveries. Do exactly the task you are given and nothing else. Refuse if the parcel is out for "
        "delivery or the new address is in another country. Report what you changed in two sentences."
    ),
    question="",
    tools=[
        _function(
            "change_address",
            "Change the delivery address of a parcel in transit.",
            order_id="Four digits.",
            address="Street and number, postcode and town.",
        ),
    ],
    lines={
        "plan": "Not out for delivery, and Berlin is in the same country. I can change the address right away."
    },
    results={
        "change_address": {
            "order_id": "7731",
            "changed": True,
            "address": "Lindenstraße 12, 10969 Berlin",
            "expected": "2026-11-25",
        }
    },
)

QUESTIONS = (
    Question(
        "Do you ship to Norway?",
        "Yes, to all of mainland Norway in four to six working days. Customs are paid at checkout, not at the door.",
        "search_help",
        {"query": "ship to Norway"},
        [
            {
                "id": "help-31",
                "title": "Where we deliver",
                "text": "Norway: mainland, 4 to 6 working days.",
            }
        ],
    ),
    Question(
        "What's the difference between the two watches?",
        "The one in steel is water-resistant to 50 m and has a sapphire glass; the other to 30 m with mineral glass.",
    ),
    Question(
        "Has order 7802 been refunded?",
        "Yes, €54.00 went back to your card on Thursday. Banks take up to three working days to show it.",
        "get_order",
        {"order_id": "7802"},
        {"id": "7802", "status": "returned", "refunded": True, "amount": 54.0},
    ),
    Question(
        "Can I still cancel 7811?",
        "It is packed already, so it cannot be cancelled any more. Refuse it at the door and you get everything back.",
        "get_order",
        {"order_id": "7811"},
        {"id": "7811", "status": "packed", "can_cancel": False},
    ),
    Question(
        "My discount code AUTUMN doesn't work",
        "AUTUMN ended on 31 October. I cannot make it work again, but FIRST gives 5 % off if this is your first order.",
        "search_help",
        {"query": "discount code AUTUMN"},
        [],
    ),
    Question("thanks!", "You're welcome. Have a good week!"),
)
