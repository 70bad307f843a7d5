"""What a server can be told, each as a flag or as `SPANHOUSE_<NAME>` in the environment.

A flag wins over the environment, the environment over the default. Standard library only: `spanhouse doctor` reads
these where the extra `server` is not installed.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class SettingsError(Exception):
    """A setting cannot be used; the message is one sentence for the person who typed it."""


def _directory(text: str) -> Path:
    path = Path(text).expanduser()
    if set("?#") & set(str(path.absolute())):
        raise ValueError("is not a usable directory: its path contains ? or #")
    return path


def _url(text: str, of: str) -> str:
    parts = urlsplit(text)
    try:
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is no number
        is_usable = False
    if not is_usable:
        raise ValueError(f"is not the URL of {of}")
    return text


def _clickhouse(text: str) -> str:
    return _url(text, "a ClickHouse server, http(s)://user:password@host:8123")


def _collector(text: str) -> str:
    return _url(text, "a collector's OTLP/HTTP door, http://host:4318")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise ValueError("is not a port, 0 to 65535")
    return int(text)


def _loopback(text: str) -> str:
    if text == "localhost":
        return "127.0.0.1"
    try:
        if ipaddress.ip_address(text.strip("[]")).is_loopback:
            return text.strip("[]")
    except ValueError:
        pass
    raise ValueError(
        "is not an address of this machine's loopback, and this version has no authentication, so it listens "
        "nowhere else; from elsewhere reach it through `ssh -L 7070:127.0.0.1:7070 -L 4317:127.0.0.1:4317 "
        "this-machine`, or put a reverse proxy that authenticates in front of 127.0.0.1"
    )


class Setting(NamedTuple):
    """One line of the table below."""

    name: str
    default: Any
    parse: Callable[[str], Any]
    metavar: str
    help: str

    @property
    def flag(self) -> str:
        """As typed on the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """As set in the environment."""
        return "SPANHOUSE_" + self.name.upper()


SETTINGS = (
    Setting("data", Path(".spanhouse"), _directory, "DIR", "directory of the data"),
    Setting(
        "clickhouse", None, _clickhouse, "URL", "keep the data in this ClickHouse server instead"
    ),
    Setting(
        "cluster", None, str, "NAME", "cluster of that server, for ON CLUSTER and replicated tables"
    ),
    Setting(
        "collector",
        None,
        _collector,
        "URL",
        "OTLP/HTTP of the collector that stores what is saved on the page",
    ),
    Setting("host", "127.0.0.1", _loopback, "ADDRESS", "loopback address to listen on"),
    Setting("port", 7070, _port, "PORT", "page and API; 0 takes any free port"),
    Setting("otlp_grpc_port", 4317, _port, "PORT", "OTLP gRPC; 0 takes any free port"),
    Setting("otlp_http_port", 4318, _port, "PORT", "OTLP HTTP; 0 takes any free port"),
    Setting(
        "clickhouse_port", 8123, _port, "PORT", "ClickHouse HTTP, read-only; 0 takes any free port"
    ),
)
PORTS = ("port", "otlp_grpc_port", "otlp_http_port", "clickhouse_port")


@dataclass(frozen=True)
class ServerSettings:
    """Read once at start, passed down, never changed; one field per line of `SETTINGS`."""

    data: Path
    clickhouse: str | None
    cluster: str | None
    collector: str | None
    host: str
    port: int
    otlp_grpc_port: int
    otlp_http_port: int
    clickhouse_port: int

    @property
    def dsn(self) -> str:
        """The store's."""
        return self.clickhouse or f"chdb://{self.clickhouse_directory}"

    @property
    def clickhouse_directory(self) -> Path:
        """Where an embedded ClickHouse keeps its files."""
        return self.data.absolute() / "clickhouse"

    @property
    def api_keys(self) -> Path:
        """The file of the API keys, hashed."""
        return self.data.absolute() / "api-keys.json"

    @property
    def spool_directory(self) -> Path:
        """Where requests wait that are not in ClickHouse yet."""
        return self.data.absolute() / "spool"


def clickhouse_address(url: str) -> tuple[str, int]:
    """Host and port of a ClickHouse server, its usual ports where the URL names none."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (8443 if parts.scheme == "https" else 8123)


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def read_settings(
    flags: Mapping[str, str | None], environment: Mapping[str, str]
) -> ServerSettings:
    """The settings from what was typed and what is set.

    Raises:
        SettingsError: a value cannot be used, or two contradict each other.
    """
    values = {}
    for setting in SETTINGS:
        typed, inherited = flags.get(setting.name), environment.get(setting.variable)
        text, source = (inherited, setting.variable) if typed is None else (typed, setting.flag)
        try:
            values[setting.name] = setting.parse(text) if text else setting.default
        except ValueError as error:
            raise SettingsError(f"{source}: {text!r} {error}") from None
    settings = ServerSettings(**values)
    _check(settings)
    return settings


def _check(settings: ServerSettings) -> None:
    if settings.cluster and not settings.clickhouse:
        raise SettingsError("--cluster needs --clickhouse: the embedded ClickHouse has no cluster")
    taken: dict[int, str] = {}
    for setting in SETTINGS:
        port = getattr(settings, setting.name)
        if setting.name in PORTS and port:
            if port in taken:
                raise SettingsError(
                    f"{taken[port]} and {setting.flag} are both {port}: each door needs its own port"
                )
            taken[port] = setting.flag
