"""`spanhouse reprice`: put today's prices of models in place of the stored ones, and say what changes."""

from __future__ import annotations

import argparse
import json
import os
import urllib.error
import urllib.request
from datetime import UTC, datetime
from typing import Any

from spanhouse.settings import ServerSettings, SettingsError, read_settings
from spanhouse.terminal import Terminal, plural


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What to price anew."""
    command.add_argument("--project", metavar="NAME", help="only spans of this project")
    command.add_argument(
        "--since",
        metavar="DATE",
        help="only spans from this day or moment on, as 2026-01-31; all unless given",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="change nothing, only say what would"
    )


def run(typed: argparse.Namespace, out: Terminal) -> int:
    """Do it, through the running server, or on the store itself where none runs.

    Raises:
        SettingsError: the date is none, prices.toml cannot be read, or the server refused.
    """
    settings = read_settings(vars(typed), os.environ)
    since = _moment(typed.since)
    asked = {
        "project": typed.project,
        "since": since and since.isoformat(),
        "dry_run": typed.dry_run,
    }
    changes = _by_server(settings, asked)
    if changes is None:
        changes = _by_ourselves(settings, typed.project, since, dry_run=typed.dry_run)
    for change in changes:
        out.print(_line(change))
    verb = "would get" if typed.dry_run else "got"
    names = plural(len(changes), "name of a model", "names of models")
    out.print(f"{names} {verb} another price" if changes else "every price is up to date")
    return 0


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"--since {text!r} is no date such as 2026-01-31") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _by_server(settings: ServerSettings, asked: dict[str, Any]) -> list[dict[str, Any]] | None:
    """What the running server changed; None where none listens."""
    door = settings.collector or f"http://{settings.host}:{settings.otlp_http_port}"
    request = urllib.request.Request(
        f"{door}/v1/prices/reprice",
        json.dumps(asked).encode(),
        {"content-type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=600) as response:
            answer: dict[str, list[dict[str, Any]]] = json.load(response)
    except urllib.error.HTTPError as error:
        raise SettingsError(f"the server at {door} did not reprice: {_detail(error)}") from error
    except OSError:
        return None
    return answer["changes"]


def _detail(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["detail"])
    except (ValueError, KeyError):
        return f"status {error.code}"


def _by_ourselves(
    settings: ServerSettings, project: str | None, since: datetime | None, *, dry_run: bool
) -> list[dict[str, Any]]:
    from spanhouse.collector.prices.book import PriceBook
    from spanhouse.collector.prices.door import shown
    from spanhouse.collector.prices.overrides import PriceFileError
    from spanhouse.collector.store import Store, StoreError, migrate
    from spanhouse.data_directory import DirectoryError, held

    try:
        with held(settings.data):
            store = Store(settings.dsn, settings.cluster)
            try:
                migrate(store)
                book = PriceBook(store, settings.data / "prices.toml")
                return [shown(c) for c in book.reprice(project, since, dry_run=dry_run)]
            finally:
                store.close()
    except (PriceFileError, StoreError, DirectoryError) as error:
        raise SettingsError(str(error)) from error


def _line(change: dict[str, Any]) -> str:
    model = change["response_model"] or change["request_model"]
    before, after = (_price(change[side]) for side in ("before", "after"))
    return f"{change['project']}  {change['provider'] or '-'}  {model}: {before} -> {after}"


def _price(price: dict[str, Any]) -> str:
    if price["input"] is None:
        return "no price known"
    rules = "" if price["rules"] == 1 else f", {price['rules']} rules"
    whose = f"{price['name']}, {price['version']}{rules}"
    return f"${_short(price['input'])} in, ${_short(price['output'])} out a million ({whose})"


def _short(amount: str) -> str:
    return amount.rstrip("0").rstrip(".") if "." in amount else amount
