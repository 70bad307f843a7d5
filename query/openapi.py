"""Prints the API's OpenAPI document: `python -m spanhouse.query.openapi > query/openapi.json`."""

from __future__ import annotations

import json
from typing import cast

from spanhouse.collector.store import Store

from .app import create_app
from .settings import QuerySettings


def document() -> str:
    """The document as committed."""
    # Describing the routes asks the store nothing.
    app = create_app(cast(Store, None), settings=QuerySettings())
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(document(), end="")
