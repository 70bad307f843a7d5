"""Notifications out of this server: a webhook as JSON with a signature, a mail; one attempt, bounded in time.

The body of a webhook, schema version 1 (alerts/README.md):
{"schema_version": 1, "notification_id", "project", "alert_id", "name", "severity", "state": "firing" | "ok" | "test",
 "incident", "value", "message", "since_time_unix_nano", "url"}. The same notification_id is the same notification.
"""

from __future__ import annotations

import hashlib
import hmac
import smtplib
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import orjson

from .rule import Email, Webhook
from .settings import AlertSettings

_ANSWER_BYTES = 300


class NotDelivered(Exception):
    """A notification did not go through; the message says why, without any secret."""


@dataclass(frozen=True)
class Notification:
    """What is told of an incident."""

    project: str
    alert_id: str
    name: str
    severity: str
    state: str
    incident: str
    value: str
    message: str
    since_time_unix_nano: str

    def body(self, page_url: str, channel: str) -> dict[str, Any]:
        """As JSON."""
        key = f"{self.incident}/{self.state}/{channel}"
        url = f"{page_url.rstrip('/')}/alerts?id={self.alert_id}&project={self.project}"
        return {
            "schema_version": 1,
            "notification_id": hashlib.sha256(key.encode()).hexdigest()[:32],
            **{field: getattr(self, field) for field in self.__dataclass_fields__},
            "url": url if page_url else "",
        }


class Delivery:
    """Sends notifications as the settings say."""

    def __init__(self, settings: AlertSettings) -> None:
        self._settings = settings
        # A redirect could lead anywhere: it is a failure like any other answer that is not 2xx.
        self._opener = urllib.request.build_opener(_NoRedirect())

    def send(self, channel: Webhook | Email, notification: Notification) -> None:
        """Deliver once.

        Raises:
            NotDelivered: it did not go through.
        """
        body = notification.body(self._settings.page_url, channel.address)
        try:
            if isinstance(channel, Webhook):
                self._post(channel.url, orjson.dumps(body))
            else:
                self._mail(channel, notification, body)
        except urllib.error.HTTPError as error:
            said = error.read(_ANSWER_BYTES).decode(errors="replace")
            raise NotDelivered(f"the receiver answered {error.code}: {said}") from error
        except (OSError, ValueError, smtplib.SMTPException) as error:
            raise NotDelivered(f"{type(error).__name__}: {error}") from error

    def _post(self, url: str, body: bytes) -> None:
        moment = str(int(time.time()))
        headers = {
            "content-type": "application/json",
            "user-agent": "spanhouse",
            "x-spanhouse-timestamp": moment,
        }
        if secret := self._settings.webhook_secret.get_secret_value():
            signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
            headers["x-spanhouse-signature"] = f"sha256={signed.hexdigest()}"
        request = urllib.request.Request(url, body, headers, method="POST")
        with self._opener.open(request, timeout=self._settings.timeout_seconds) as response:
            response.read(_ANSWER_BYTES)

    def _mail(self, channel: Email, notification: Notification, body: dict[str, Any]) -> None:
        settings = self._settings
        if not settings.smtp_host:
            raise NotDelivered("no mail server is known: set SPANHOUSE_ALERT_SMTP_HOST")
        message = EmailMessage()
        name = " ".join(notification.name.split())
        message["Subject"] = f"[{notification.state}] {name}"
        message["From"] = settings.mail_from
        message["To"] = ", ".join(channel.to)
        message["Message-ID"] = f"<{body['notification_id']}@spanhouse>"
        message.set_content(_text(notification, body["url"]))
        kind = smtplib.SMTP_SSL if settings.smtp_tls == "tls" else smtplib.SMTP
        with kind(
            settings.smtp_host, settings.smtp_port, timeout=settings.timeout_seconds
        ) as server:
            if settings.smtp_tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(message)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _text(notification: Notification, url: str) -> str:
    lines = [
        f"{notification.name} is {notification.state}.",
        "",
        f"severity: {notification.severity}",
        f"value:    {notification.value or 'none'}",
        f"project:  {notification.project}",
        notification.message,
        url,
    ]
    return "\n".join(lines).rstrip() + "\n"
