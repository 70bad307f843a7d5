"""POST /v1/prices/reprice: how `spanhouse reprice` reaches the process that has the store open."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..keys import ApiKeys
from ..otlp.project import project_of
from ..otlp.refusal import Refusal
from ..settings import CollectorSettings
from ..store import StoreError
from .book import Change, PriceBook
from .overrides import PriceFileError
from .rules import Found


def route(book: PriceBook, keys: ApiKeys, settings: CollectorSettings) -> Route:
    """The route; a page of any origin is refused, for this changes figures."""

    async def reprice(http: Request) -> JSONResponse:
        if "origin" in http.headers:
            return JSONResponse({"detail": "pages may not reprice"}, 403)
        try:
            if settings.require_api_key:
                project_of(http.headers, keys, require_api_key=True)
            asked = await http.json()
            project, since = asked.get("project"), asked.get("since")
            moment = None if since is None else datetime.fromisoformat(since)
            if moment is not None and moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            changes = await asyncio.to_thread(
                book.reprice, project, moment, dry_run=bool(asked.get("dry_run"))
            )
        except Refusal as refusal:
            return JSONResponse({"detail": str(refusal)}, 401)
        except (json.JSONDecodeError, ValueError, AttributeError) as error:
            return JSONResponse({"detail": f"cannot read the request: {error}"}, 400)
        except (PriceFileError, StoreError) as error:
            return JSONResponse({"detail": str(error)}, 500)
        return JSONResponse({"changes": [shown(change) for change in changes]})

    return Route("/v1/prices/reprice", reprice, methods=["POST"])


def shown(change: Change) -> dict[str, Any]:
    """A change as JSON, with today's base prices a million tokens."""
    return {**change.name._asdict(), "before": _price(change.before), "after": _price(change.after)}


def _price(found: Found) -> dict[str, Any]:
    base = [rule for rule in found.rules if rule.over_input_tokens == 0]
    prices = base[-1].prices if base else {}
    return {
        "name": found.name,
        "version": found.version,
        "rules": len(found.rules),
        "input": f"{prices['input'] * 1_000_000:f}" if prices else None,
        "output": f"{prices['output'] * 1_000_000:f}" if prices else None,
    }
