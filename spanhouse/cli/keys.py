"""`spanhouse keys`: make, list and revoke API keys; a running collector sees the change at once."""

from __future__ import annotations

import argparse
import os

from spanhouse.settings import SettingsError, read_settings
from spanhouse.terminal import Terminal


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The three actions."""
    actions = command.add_subparsers(
        title="actions", metavar="ACTION", required=True, dest="action"
    )
    create = actions.add_parser("create", help="make a key and print it, this once")
    create.add_argument("name", metavar="NAME", help="what the key is for")
    create.add_argument("--project", default="default", help="project that its data goes to")
    revoke = actions.add_parser("revoke", help="forget a key")
    revoke.add_argument("name", metavar="NAME")
    actions.add_parser("list", help="names, projects and dates; never the keys")


def run(typed: argparse.Namespace, out: Terminal) -> int:
    """Do it.

    Raises:
        SettingsError: the name is taken, or no key has it.
    """
    from spanhouse.collector.keys import ApiKeys

    settings = read_settings({"data": typed.data}, os.environ)
    keys = ApiKeys(settings.data / "api-keys.json")
    try:
        if typed.action == "create":
            out.print(keys.create(typed.name, typed.project))
        elif typed.action == "revoke":
            keys.revoke(typed.name)
        else:
            for key in keys.all():
                out.print(f"{key.name}  {key.project}  {key.created}")
    except (ValueError, KeyError) as error:
        raise SettingsError(str(error.args[0])) from error
    return 0
