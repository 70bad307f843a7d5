"""A web shop: a browser's requests through `frontend`, `cart`, `payment` and `fulfilment`.

Names and attributes are those of OpenTelemetry's conventions for HTTP, RPC, databases, messaging and exceptions.
"""

from __future__ import annotations

import random
from dataclasses import replace

from .plan import (
    CLIENT,
    CONSUMER,
    INTERNAL,
    PRODUCER,
    SERVER,
    Attributes,
    Step,
    leaf,
    sequence,
    side_by_side,
)

FRONTEND, CART, PAYMENT, FULFILMENT = "frontend", "cart", "payment", "fulfilment"

_PRODUCTS = (
    ("OLJCESPC7Z", "Sunglasses"),
    ("66VCHSJNUP", "Tank Top"),
    ("1YMWWN1N4O", "Watch"),
    ("L9ECAV7KIM", "Loafers"),
    ("2ZYFJ3GM2N", "Hairdryer"),
    ("0PUK6V6EV0", "Candle Holder"),
)
_AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile Safari/604.1",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
)
_RESERVE = "UPDATE ledger SET reserved = reserved + $1 WHERE account = $2"
_DEADLOCK = """\
Traceback (most recent call last):
  File "/srv/payment/charges.py", line 88, in charge
    reserved = await ledger.reserve(connection, account, amount)
  File "/srv/payment/ledger.py", line 141, in reserve
    await connection.execute(RESERVE, (amount, account, amount))
  File "/srv/payment/.venv/lib/python3.13/site-packages/psycopg/connection_async.py", line 295, in execute
    raise ex.with_traceback(None)
psycopg.errors.DeadlockDetected: deadlock detected
DETAIL:  Process 2731 waits for ShareLock on transaction 88120; blocked by process 2744.
Process 2744 waits for ShareLock on transaction 88119; blocked by process 2731.
HINT:  See server log for query details."""


def home(dice: random.Random, slow: float) -> Step:
    """The first page: products from the cache, recommendations side by side."""
    cached = [_redis(dice, FRONTEND, "MGET", "products", dice.uniform(0.4, 1.4))]
    recommended = _select(
        dice, FRONTEND, "recommendations", "SELECT product_id, score FROM recommendations", slow
    )
    fetched = side_by_side(
        FRONTEND, "load page", INTERNAL, {"page.fragments": 2}, [*cached, recommended]
    )
    rendered = leaf(
        FRONTEND,
        "render home",
        INTERNAL,
        dice.uniform(3, 12) * slow,
        {"template.name": "home.html"},
    )
    return _served(dice, "GET", "/", 200, [fetched, rendered])


def product(dice: random.Random, slow: float) -> Step:
    """A product's page; one in twelve does not exist."""
    identifier, name = dice.choice(_PRODUCTS)
    found = dice.random() > 1 / 12
    looked_up = _select(
        dice, FRONTEND, "products", "SELECT id, name, price FROM products WHERE id = $1", slow
    )
    children = [looked_up]
    if found:
        about: Attributes = {
            "template.name": "product.html",
            "product.id": identifier,
            "product.name": name,
        }
        children.append(
            leaf(FRONTEND, "render product", INTERNAL, dice.uniform(4, 15) * slow, about)
        )
    return _served(
        dice,
        "GET",
        "/products/{id}",
        200 if found else 404,
        children,
        path=f"/products/{identifier}",
    )


def add_to_cart(dice: random.Random, slow: float) -> Step:
    """Two services, one cache."""
    identifier, _ = dice.choice(_PRODUCTS)
    stored = [
        _redis(dice, CART, "HINCRBY", "cart", dice.uniform(0.5, 2) * slow),
        _redis(dice, CART, "EXPIRE", "cart", dice.uniform(0.3, 0.8)),
    ]
    called = _rpc(
        dice,
        CART,
        "AddItem",
        stored,
        {"product.id": identifier, "cart.quantity": dice.randint(1, 4)},
    )
    return _served(dice, "POST", "/cart", 303, [called])


def checkout(dice: random.Random, slow: float) -> Step:
    """All four services: the cart is read, the card charged, the order published and packed."""
    amount = round(dice.uniform(9, 340), 2)
    order = f"{dice.randint(7000, 9999)}"
    read = _rpc(
        dice,
        CART,
        "GetCart",
        [_redis(dice, CART, "HGETALL", "cart", dice.uniform(0.6, 3) * slow)],
        {},
    )
    charged = _charge(dice, order, amount, slow)
    published = _published(dice, order, slow)
    emptied = _rpc(
        dice, CART, "EmptyCart", [_redis(dice, CART, "DEL", "cart", dice.uniform(0.3, 1))], {}
    )
    about: Attributes = {
        "order.id": order,
        "order.amount": amount,
        "order.items": dice.randint(1, 5),
    }
    steps = [read, charged, published, emptied]
    return _served(dice, "POST", "/checkout", 200, steps).with_note(
        "INFO", f"order {order} placed", 4, about
    )


def declined(dice: random.Random, slow: float) -> Step:
    """The card's issuer says no: a 402, which is no fault of ours."""
    order, amount = f"{dice.randint(7000, 9999)}", round(dice.uniform(200, 900), 2)
    asked = _gateway(dice, dice.uniform(90, 260) * slow, 402)
    refused = _rpc(dice, PAYMENT, "Charge", [asked], {"order.id": order, "payment.amount": amount})
    refused = refused.with_note(
        "WARN", "card declined: insufficient_funds", 60, {"order.id": order}
    )
    return _served(dice, "POST", "/checkout", 402, [refused])


def deadlock(dice: random.Random, slow: float = 1.0) -> Step:
    """The error trace: payment meets a deadlock, retries, meets it again, and the checkout is a 500."""
    order, amount = "7741", 129.9
    read = _rpc(
        dice, CART, "GetCart", [_redis(dice, CART, "HGETALL", "cart", dice.uniform(0.6, 2))], {}
    )
    tries = [_deadlocked(dice, attempt, slow) for attempt in (1, 2)]
    about: Attributes = {
        "order.id": order,
        "payment.amount": amount,
        "error.type": "DeadlockDetected",
    }
    charged = _rpc(dice, PAYMENT, "Charge", tries, about, failed="deadlock detected")
    reason = "payment.Charge: ABORTED: deadlock detected"
    return _served(dice, "POST", "/checkout", 500, [read, charged], failed=reason).with_note(
        "ERROR",
        f"checkout of order {order} failed",
        charged.milliseconds,
        {
            "order.id": order,
            "exception.type": "grpc.RpcError",
            "exception.message": "ABORTED: deadlock detected",
        },
    )


def settlement(dice: random.Random, orders: tuple[str, ...]) -> Step:
    """A consumer that takes many messages at once: its trace is its own and links to those of the orders."""
    stored = _insert(
        dice, FULFILMENT, "settlements", "INSERT INTO settlements SELECT * FROM unnest($1)", 9
    )
    consumed = sequence(
        FULFILMENT,
        "process settlements",
        CONSUMER,
        _messaging("process", "settlements") | {"messaging.batch.message_count": len(orders)},
        [leaf(FULFILMENT, "sum up", INTERNAL, dice.uniform(2, 5), {"orders": len(orders)}), stored],
    )
    return replace(consumed, links=orders)


def _served(
    dice: random.Random,
    method: str,
    route: str,
    status: int,
    children: list[Step],
    *,
    path: str | None = None,
    failed: str | None = None,
) -> Step:
    attributes: Attributes = {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": status,
        "url.scheme": "https",
        "url.path": path or route,
        "server.address": "shop.example",
        "network.protocol.version": "2",
        "client.address": f"203.0.113.{dice.randint(1, 254)}",
        "user_agent.original": dice.choice(_AGENTS),
        "session.id": f"{dice.getrandbits(48):012x}",
    }
    gap = dice.uniform(0.3, 2.5)
    served = sequence(
        FRONTEND, f"{method} {route}", SERVER, attributes, children, gap=gap, failed=failed
    )
    took = served.milliseconds
    severity = "ERROR" if status >= 500 else "WARN" if status >= 400 or took > 1000 else "INFO"
    answered: Attributes = {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": status,
    }
    return served.with_note(
        severity, f"{method} {path or route} {status} in {took:.0f} ms", took, answered
    )


def _rpc(
    dice: random.Random,
    service: str,
    method: str,
    children: list[Step],
    attributes: Attributes,
    failed: str | None = None,
) -> Step:
    called = f"shop.{service}.{service.title()}Service/{method}"
    shared: Attributes = {
        "rpc.system.name": "grpc",
        "rpc.method": called,
        "rpc.response.status_code": "ABORTED" if failed else "OK",
    }
    at_server = sequence(
        service,
        called,
        SERVER,
        {**shared, **attributes},
        children,
        gap=dice.uniform(0.2, 0.9),
        failed=failed,
    )
    shared = {**shared, "server.address": f"{service}.shop.svc", "server.port": 8080}
    return sequence(
        FRONTEND, called, CLIENT, shared, [at_server], gap=dice.uniform(0.2, 1.1), failed=failed
    )


def _charge(dice: random.Random, order: str, amount: float, slow: float) -> Step:
    reserved = _insert(dice, PAYMENT, "ledger", _RESERVE, 4 * slow)
    asked = _gateway(dice, dice.lognormvariate(4.6, 0.45) * slow, 200)
    booked = _insert(
        dice, PAYMENT, "charges", "INSERT INTO charges (order_id, amount) VALUES ($1, $2)", 3 * slow
    )
    scored = leaf(
        PAYMENT,
        "score fraud",
        INTERNAL,
        dice.uniform(4, 18),
        {
            "fraud.score": round(dice.betavariate(1.2, 9), 4),
            "fraud.rules": ["velocity", "geo", "bin"],
            "fraud.held": False,
        },
    )
    about: Attributes = {"order.id": order, "payment.amount": amount, "payment.currency": "EUR"}
    return _rpc(dice, PAYMENT, "Charge", [scored, reserved, asked, booked], about)


def _gateway(dice: random.Random, took: float, status: int) -> Step:
    attributes: Attributes = {
        "http.request.method": "POST",
        "url.full": "https://api.cards.example/v3/charges",
        "server.address": "api.cards.example",
        "server.port": 443,
        "http.response.status_code": status,
        "http.request.resend_count": 0,
        "http.response.body.size": dice.randint(380, 1200),
    }
    return leaf(PAYMENT, "POST", CLIENT, took, attributes, failed="402" if status == 402 else None)


def _published(dice: random.Random, order: str, slow: float) -> Step:
    """A message and its processing: the consumer is a child and links to the producer as well."""
    packed = _insert(
        dice,
        FULFILMENT,
        "parcels",
        "INSERT INTO parcels (order_id, shelf) VALUES ($1, $2)",
        5 * slow,
    )
    carrier: Attributes = {"parcel.carrier": dice.choice(["DHL", "UPS"])}
    printed = leaf(FULFILMENT, "print label", INTERNAL, dice.uniform(20, 60) * slow, carrier)
    consumed = sequence(
        FULFILMENT,
        "process orders",
        CONSUMER,
        _messaging("process", "orders", order),
        [packed, printed],
        gap=1,
    )
    consumed = replace(consumed, links=(order,))
    consumed = consumed.with_note(
        "INFO", f"parcel for order {order} packed", 8, {"order.id": order}
    )
    return Step(
        PAYMENT,
        "send orders",
        PRODUCER,
        round(dice.uniform(2e6, 6e6)),
        _messaging("send", "orders", order)
        | {"messaging.kafka.offset": dice.randint(10**6, 10**7)},
        # The consumer takes the message when the producer has long gone on: a child that outlives its parent.
        children=((round(dice.uniform(8e6, 30e6)), consumed),),
        key=order,
    )


def _messaging(operation: str, topic: str, order: str | None = None) -> dict[str, str | int]:
    attributes: dict[str, str | int] = {
        "messaging.system": "kafka",
        "messaging.operation.type": operation,
        "messaging.operation.name": operation,
        "messaging.destination.name": topic,
    }
    if order:
        attributes["messaging.message.id"] = f"order-{order}"
        attributes["messaging.destination.partition.id"] = str(int(order) % 6)
    return attributes


def _redis(dice: random.Random, service: str, command: str, key: str, took: float) -> Step:
    attributes: Attributes = {
        "db.system.name": "redis",
        "db.operation.name": command,
        "db.namespace": "0",
        "db.query.text": f"{command} {key}:{dice.getrandbits(24):06x}",
        "server.address": "redis.shop.svc",
        "server.port": 6379,
    }
    return leaf(service, command, CLIENT, took, attributes)


def _select(dice: random.Random, service: str, table: str, query: str, slow: float) -> Step:
    rows = dice.randint(1, 24)
    took = dice.lognormvariate(1.3, 0.6) * slow
    return _sql(service, "SELECT", table, query, took, {"db.response.returned_rows": rows})


def _insert(dice: random.Random, service: str, table: str, query: str, typical: float) -> Step:
    return _sql(
        service, query.partition(" ")[0], table, query, typical * dice.uniform(0.5, 1.9), {}
    )


def _sql(
    service: str,
    operation: str,
    table: str,
    query: str,
    took: float,
    more: Attributes,
    failed: str | None = None,
) -> Step:
    attributes: Attributes = {
        "db.system.name": "postgresql",
        "db.namespace": "shop",
        "db.operation.name": operation,
        "db.collection.name": table,
        "db.query.text": query,
        "server.address": "postgres.shop.svc",
        "server.port": 5432,
        **more,
    }
    return leaf(service, f"{operation} {table}", CLIENT, took, attributes, failed=failed)


def _deadlocked(dice: random.Random, attempt: int, slow: float) -> Step:
    reserved = _sql(
        PAYMENT,
        "UPDATE",
        "ledger",
        _RESERVE,
        1000
        + dice.uniform(5, 40) * slow,  # PostgreSQL looks for deadlocks after a second of waiting
        {"db.response.status_code": "40P01", "error.type": "40P01"},
        failed="deadlock detected",
    )
    about: Attributes = {
        "retry.attempt": attempt,
        "retry.limit": 2,
        "error.type": "DeadlockDetected",
    }
    charge = sequence(
        PAYMENT, "charge", INTERNAL, about, [reserved], failed="deadlock detected"
    ).with_event(
        "exception",
        reserved.milliseconds,
        {
            "exception.type": "psycopg.errors.DeadlockDetected",
            "exception.message": "deadlock detected",
            "exception.stacktrace": _DEADLOCK,
        },
    )
    following = "trying again" if attempt == 1 else "giving up"
    return charge.with_note(
        "WARN", f"deadlock while reserving, {following}", charge.milliseconds, about
    )
