"""How notifications leave this server, from `SPANHOUSE_ALERT_...`; secrets are never in a document or a log."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class AlertSettings(BaseSettings):
    """Delivery of notifications."""

    model_config = SettingsConfigDict(env_prefix="SPANHOUSE_ALERT_", frozen=True, extra="forbid")

    evaluate: bool = Field(
        default=True,
        description="whether this process evaluates alerts: of several on one ClickHouse only one may",
    )
    page_url: str = Field(
        default="", description="address of the page for links in notifications, https://host"
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""), description='key of the signature of webhooks; "": they have none'
    )
    timeout_seconds: float = Field(
        default=10, gt=0, description="for one delivery: a receiver that hangs must not hold others"
    )
    smtp_host: str = Field(default="", description='mail server; "": no mail is sent')
    smtp_port: int = Field(default=587, ge=1, le=65535, description="of the mail server")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection to the mail server is made private"
    )
    smtp_user: str = Field(default="", description='login at the mail server; "": none')
    smtp_password: SecretStr = Field(default=SecretStr(""), description="of that login")
    mail_from: str = Field(
        default="spanhouse@localhost", description="sender's address of notifications"
    )
