"""`spanhouse doctor`: what would keep a server from starting or working, and what to do about it."""

from .check import Check, report
from .examination import examine

__all__ = ["Check", "examine", "report"]
