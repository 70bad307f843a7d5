"""`spanhouse demo`: a realistic mix of traces, logs and metrics, sent as any program would send them."""

from .command import run
from .sender import DemoError

__all__ = ["DemoError", "run"]
