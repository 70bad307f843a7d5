"""Alerts: a rule on SQL, its states as events, and notifications that really arrive, by HTTP and by mail."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import SecretStr

from spanhouse.collector.store import Store
from spanhouse.query.alerts.delivery import Delivery
from spanhouse.query.alerts.evaluator import Evaluator
from spanhouse.query.alerts.settings import AlertSettings

from .conftest import Api
from .measured import gauge, metrics, number
from .sent import MINUTE, SECOND, T0

SECRET = "signed with this"
VALUE = "SELECT argMax(Value, TimeUnix) FROM otel_metrics_gauge WHERE MetricName = 'load' HAVING count() > 0"


class Receiver:
    """An HTTP server that keeps what is posted."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.raw: list[bytes] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.raw.append(body)
                receiver.bodies.append(json.loads(body))
                receiver.headers.append({key.lower(): value for key, value in self.headers.items()})
                self.send_response(receiver.status)
                self.send_header("location", "/elsewhere")
                self.end_headers()
                self.wfile.write(b"busy" if receiver.status != 200 else b"")

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    @property
    def states(self) -> list[str]:
        """Of what came."""
        return [body["state"] for body in self.bodies]

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Of webhooks."""
    found = Receiver()
    yield found
    found.close()


class Mailbox:
    """What a mail server took."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take every mail."""
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A mail server and its port."""
    box = Mailbox()
    # The controller calls the port it was given, so it cannot choose one itself.
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


class Watch:
    """An evaluator with a clock that is set by hand; `restart` is what a killed process leaves: the events."""

    def __init__(self, api: Api, store: Store, **settings: Any) -> None:
        self.api = api
        self.now = T0
        self._store = store
        self._settings = AlertSettings(**settings)
        self._app: Any = api.client.app
        self.restart()

    def restart(self) -> None:
        """Forget everything that is not stored."""
        self._evaluator = Evaluator(
            self._store,
            lambda project, request: Api(self.api.client, project).send(request, "logs"),
            lambda project, sql: self._app.state.user_sql.run(project, sql, operation="alert"),
            Delivery(self._settings),
            clock=lambda: self.now,
        )

    def after(self, seconds: int) -> None:
        """Evaluate, so much later."""
        self.now += seconds * SECOND
        self._evaluator.tick()

    def measure(self, value: float) -> None:
        """What the rule's SQL answers from now on."""
        self.api.send(metrics(gauge("load", [number(self.now - T0, value)])), "metrics")

    def save(self, **rule: Any) -> None:
        """The alert of the test."""
        body = {"sql": VALUE, "condition": {"operator": ">", "threshold": 5}, "every_seconds": 5}
        saved = self.api.write(
            "PUT", "/api/documents/alert/load", {"name": "Load", "body": body | rule}
        )
        assert saved.status_code == 200, saved.text

    @property
    def alert(self) -> Any:
        """As the API tells it."""
        [found] = self.api.get("/api/alerts")["alerts"]
        return found


@pytest.fixture
def watch(api: Api, store: Store) -> Iterator[Watch]:
    """Watches the test's project; its alert is deleted in the end, since an evaluator sees all projects."""
    yield Watch(api, store, webhook_secret=SecretStr(SECRET), page_url="https://page.example/")
    api.write("DELETE", "/api/documents/alert/load")


def test_an_incident_is_told_once_when_it_begins_and_once_when_it_ends(
    watch: Watch, receiver: Receiver
) -> None:
    watch.save(channels=[{"kind": "webhook", "url": receiver.url}], severity="critical")
    watch.measure(3)
    watch.after(5)
    assert (watch.alert["state"], receiver.bodies) == ("ok", [])
    watch.measure(7.5)
    began = watch.now + 5 * SECOND
    for _ in range(3):
        watch.after(5)
    assert watch.alert["state"] == "firing"
    watch.measure(1)
    for _ in range(2):
        watch.after(5)
    assert receiver.states == ["firing", "ok"]
    first, last = receiver.bodies
    assert first == {
        "schema_version": 1,
        "notification_id": first["notification_id"],
        "project": watch.api.project,
        "alert_id": "load",
        "name": "Load",
        "severity": "critical",
        "state": "firing",
        "incident": f"load-{began}",
        "value": "7.5",
        "message": "7.5 is > 5",
        "since_time_unix_nano": str(began),
        "url": f"https://page.example/alerts?id=load&project={watch.api.project}",
    }
    assert last["incident"] == first["incident"]
    assert last["message"] == "1 is not > 5"
    assert last["notification_id"] != first["notification_id"]


def test_a_webhook_is_signed(watch: Watch, receiver: Receiver) -> None:
    watch.save(channels=[{"kind": "webhook", "url": receiver.url}])
    watch.measure(7)
    watch.after(5)
    [headers] = receiver.headers
    signed = f"{headers['x-spanhouse-timestamp']}.".encode() + receiver.raw[0]
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["x-spanhouse-signature"] == f"sha256={expected}"
    assert headers["content-type"] == "application/json"


def test_it_fires_only_when_the_condition_has_held(watch: Watch, receiver: Receiver) -> None:
    watch.save(channels=[{"kind": "webhook", "url": receiver.url}], for_seconds=60)
    watch.measure(9)
    watch.after(5)
    assert watch.alert["state"] == "pending"
    watch.restart()
    watch.after(30)
    assert (watch.alert["state"], receiver.states) == ("pending", [])
    watch.after(30)
    assert (watch.alert["state"], receiver.states) == ("firing", ["firing"])


def test_a_restart_neither_repeats_nor_forgets(watch: Watch, receiver: Receiver) -> None:
    watch.save(channels=[{"kind": "webhook", "url": receiver.url}])
    watch.measure(9)
    watch.after(5)
    watch.restart()
    watch.after(5)
    assert receiver.states == ["firing"]
    receiver.status = 503
    watch.measure(1)
    watch.after(5)
    assert (watch.alert["state"], receiver.states) == ("ok", ["firing", "ok"])
    receiver.status = 200
    watch.restart()
    watch.after(5)
    watch.after(5)
    assert receiver.states == ["firing", "ok", "ok"]
    assert receiver.bodies[1]["notification_id"] == receiver.bodies[2]["notification_id"]


def test_a_delivery_that_fails_is_tried_again_ever_more_rarely(
    watch: Watch, receiver: Receiver
) -> None:
    watch.save(channels=[{"kind": "webhook", "url": receiver.url}])
    receiver.status = 302  # leads elsewhere: not followed
    watch.measure(9)
    for seconds in (5, 1, 1, 3, 1):
        watch.after(seconds)
    # Again after 1 s, then after 5 s.
    assert receiver.states == ["firing"] * 3
    receiver.status = 200
    watch.after(15)
    watch.after(15)
    assert receiver.states == ["firing"] * 4
    events = watch.api.get("/api/alerts/events", id="load")["events"]
    told = [event for event in events if event["kind"] == "notification"]
    assert [event["outcome"] for event in told] == ["sent", "failed", "failed", "failed"]
    assert told[1]["message"] == "the receiver answered 302: busy"
    assert [event["state"] for event in events if event["kind"] == "state"] == ["firing"]


def test_a_mail_arrives(api: Api, store: Store, mailbox: tuple[Mailbox, int]) -> None:
    box, port = mailbox
    watch = Watch(
        api,
        store,
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_tls="none",
        mail_from="sh@example.com",
    )
    watch.save(channels=[{"kind": "email", "to": ["a@example.com", "b@example.com"]}])
    watch.measure(9)
    watch.after(5)
    api.write("DELETE", "/api/documents/alert/load")
    [mail] = box.mails
    assert (mail.mail_from, mail.rcpt_tos) == ("sh@example.com", ["a@example.com", "b@example.com"])
    assert isinstance(mail.content, bytes)
    text = mail.content.decode()
    assert "Subject: [firing] Load" in text
    assert "9 is > 5" in text


def test_one_channel_that_fails_holds_up_no_other(watch: Watch, receiver: Receiver) -> None:
    channels = [
        {"kind": "email", "to": ["a@example.com"]},
        {"kind": "webhook", "url": receiver.url},
    ]
    watch.save(channels=channels)
    watch.measure(9)
    watch.after(5)
    assert receiver.states == ["firing"]
    [failed] = [
        e for e in watch.api.get("/api/alerts/events")["events"] if e["outcome"] == "failed"
    ]
    assert failed["channel"] == "mailto:a@example.com"
    assert "SPANHOUSE_ALERT_SMTP_HOST" in failed["message"]


def test_without_data_or_with_an_error_an_incident_stays_open(
    watch: Watch, receiver: Receiver
) -> None:
    channels = [{"kind": "webhook", "url": receiver.url}]
    watch.save(channels=channels)
    watch.measure(9)
    watch.after(5)
    watch.save(channels=channels, sql="SELECT 1 WHERE 0")
    watch.after(5)
    assert (watch.alert["state"], watch.alert["incident"] != "") == ("no data", True)
    watch.save(channels=channels, sql="SELECT nothing FROM otel_logs")
    watch.after(5)
    assert watch.alert["state"] == "error"
    assert "nothing" in watch.alert["message"]
    assert receiver.states == ["firing"]
    watch.save(channels=channels, sql="SELECT 0")
    watch.after(5)
    assert receiver.states == ["firing", "ok"]


def test_what_is_silenced_is_told_when_the_silence_ends(watch: Watch, receiver: Receiver) -> None:
    until = str(T0 + MINUTE)
    channels = [{"kind": "webhook", "url": receiver.url}]
    watch.save(channels=channels, silenced_until_time_unix_nano=until)
    watch.measure(9)
    watch.after(5)
    assert (watch.alert["state"], receiver.states) == ("firing", [])
    watch.after(60)
    assert receiver.states == ["firing"]


def test_rows_are_a_condition_too(watch: Watch) -> None:
    watch.save(sql="SELECT 'db', 3 UNION ALL SELECT 'web', 4", condition={"operator": "rows"})
    watch.after(5)
    assert (watch.alert["state"], watch.alert["value"]) == ("firing", "2")
    watch.save(sql="SELECT 1 WHERE 0", condition={"operator": "rows"})
    watch.after(5)
    assert watch.alert["state"] == "ok"


def test_a_rule_sees_only_its_own_project(watch: Watch) -> None:
    Api(watch.api.client, "another").send(metrics(gauge("load", [number(0, 9)])), "metrics")
    watch.save()
    watch.after(5)
    assert watch.alert["state"] == "no data"


def test_a_document_that_is_no_rule_says_why(watch: Watch) -> None:
    watch.save(channels=[{"kind": "webhook", "url": "file:///etc/passwd"}])
    watch.after(5)
    assert watch.alert["rule"] is None
    assert "a webhook is called by http or https" in watch.alert["problem"]
    assert watch.alert["state"] == "error"


def test_a_rule_is_tried_before_it_is_saved(api: Api, receiver: Receiver) -> None:
    def preview(sql: str, operator: str = ">", threshold: float = 5) -> Any:
        body = {"sql": sql, "condition": {"operator": operator, "threshold": threshold}}
        answer = api.write("POST", "/api/alerts/preview", body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert preview("SELECT 'x', 7.25") == {"kind": "met", "value": "7.25", "message": "7.25 is > 5"}
    assert preview("SELECT toUInt64(5)")["kind"] == "not met"
    assert preview("SELECT NULL")["kind"] == "no data"
    assert preview("DROP TABLE otel_logs")["kind"] == "error"
    channels = [
        {"kind": "webhook", "url": receiver.url},
        {"kind": "webhook", "url": "http://127.0.0.1:1/"},
    ]
    tested = api.write("POST", "/api/alerts/test", {"name": "Load", "channels": channels}).json()
    assert tested["deliveries"][0] == {"channel": receiver.url, "failure": ""}
    assert "URLError" in tested["deliveries"][1]["failure"]
    assert receiver.states == ["test"]
    refused = api.write(
        "POST", "/api/alerts/test", {"channels": [{"kind": "webhook", "url": "ftp://x"}]}
    )
    assert refused.status_code == 400
