"""Settings from flags and environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from spanhouse.settings import SETTINGS, SettingsError, read_settings, without_password

DEFAULTS = {
    "data": Path(".spanhouse"),
    "clickhouse": None,
    "cluster": None,
    "collector": None,
    "host": "127.0.0.1",
    "port": 7070,
    "otlp_grpc_port": 4317,
    "otlp_http_port": 4318,
    "clickhouse_port": 8123,
}


def test_nothing_said_is_the_documented_default() -> None:
    """Every setting has one, and every field is a setting."""
    settings = read_settings({}, {})
    assert vars(settings) == DEFAULTS
    assert [setting.name for setting in SETTINGS] == list(DEFAULTS)
    assert settings.dsn == f"chdb://{Path.cwd()}/.spanhouse/clickhouse"


def test_a_flag_wins_over_the_environment() -> None:
    """And an empty variable is one that is not set."""
    inherited = {"SPANHOUSE_PORT": "7071", "SPANHOUSE_DATA": "/a", "SPANHOUSE_HOST": ""}
    settings = read_settings({"data": "/b", "port": None}, inherited)
    assert (settings.port, settings.data, settings.host) == (7071, Path("/b"), "127.0.0.1")


def test_a_server_s_url_is_the_store() -> None:
    """The data directory stays for the spool."""
    settings = read_settings({"clickhouse": "https://u:p@db:8443", "data": "/a"}, {})
    assert settings.dsn == "https://u:p@db:8443"
    assert settings.spool_directory == Path("/a/spool")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.53", "::1", "[::1]"])
def test_the_loopback_is_allowed(host: str) -> None:
    """In every spelling."""
    assert read_settings({"host": host}, {}).host in ("127.0.0.1", "127.0.0.53", "::1")


@pytest.mark.parametrize(
    ("flags", "variables", "sentence"),
    [
        ({"host": "0.0.0.0"}, {}, "--host: '0.0.0.0' is not an address of this machine's loopback"),
        ({"host": "::"}, {}, "--host: '::' is not"),
        ({"host": "example.org"}, {}, "--host: 'example.org' is not"),
        ({}, {"SPANHOUSE_HOST": "10.0.0.1"}, "SPANHOUSE_HOST: '10.0.0.1' is not"),
        ({"port": "70000"}, {}, "--port: '70000' is not a port, 0 to 65535"),
        ({"port": "-1"}, {}, "--port: '-1' is not a port"),
        ({"port": "٣"}, {}, "--port: '٣' is not a port"),
        ({"clickhouse": "db:8123"}, {}, "--clickhouse: 'db:8123' is not the URL"),
        ({"clickhouse": "http://db:port"}, {}, "--clickhouse: 'http://db:port' is not the URL"),
        ({"data": "/a#b"}, {}, "--data: '/a#b' is not a usable directory"),
        ({"cluster": "main"}, {}, "--cluster needs --clickhouse"),
        ({"port": "4317"}, {}, "--port and --otlp-grpc-port are both 4317"),
    ],
)
def test_what_cannot_be_used_is_named_as_it_was_typed(
    flags: dict[str, str | None], variables: dict[str, str], sentence: str
) -> None:
    """The flag or the variable, the value, and what would do."""
    with pytest.raises(SettingsError) as refused:
        read_settings(flags, variables)
    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)


def test_any_free_port_may_be_asked_for_thrice() -> None:
    """0 is no conflict."""
    assert read_settings({"port": "0", "otlp_grpc_port": "0"}, {}).otlp_grpc_port == 0


def test_a_url_is_shown_without_its_password() -> None:
    """Nor its parameters, which may hold one."""
    assert without_password("https://u:p@db:8443/?password=p") == "https://db:8443/"
