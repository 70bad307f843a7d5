"""The command `spanhouse`; the parts it starts are loaded only by the subcommand that needs them."""

from .main import main

__all__ = ["main"]
