"""All checks, in the order in which a start would meet them."""

from __future__ import annotations

from spanhouse.settings import ServerSettings

from .check import Check
from .data import data_checks
from .pieces import piece_checks
from .ports import find_server, port_checks
from .schema import schema_check


def examine(settings: ServerSettings) -> list[Check]:
    """Look at everything; changes nothing, and a server that runs is not disturbed."""
    pieces = list(piece_checks())
    server = find_server(settings)
    checks = [*pieces, *port_checks(settings, server), *data_checks(settings, server)]
    if any(check.status == "fail" for check in pieces):
        # Without the server's packages there is nothing to open the store with, and that has been said.
        return checks
    return [*checks, *schema_check(settings)]
