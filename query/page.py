"""The built page: its files as they are, and `index.html` for every address that the page routes itself."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.exceptions import HTTPException

STATIC = Path(__file__).parent / "static"

# The build names these by their content.
_HASHED = "assets/"
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK_AGAIN = {"Cache-Control": "no-cache"}
_NOT_PAGES = ("api/", "v1/")


def router(static: Path = STATIC) -> APIRouter:
    """Routes for the page; goes last, as it answers every address."""
    routes = APIRouter(include_in_schema=False)
    root = static.resolve()

    @routes.get("/{path:path}", operation_id="get_page")
    def get_page(path: str) -> Response:
        if f"{path}/".startswith(_NOT_PAGES):
            raise HTTPException(404)
        file = _file(root, path)
        if file is not None:
            return FileResponse(file, headers=_FOREVER if path.startswith(_HASHED) else _ASK_AGAIN)
        if path.startswith(_HASHED):
            raise HTTPException(404)
        if (root / "index.html").is_file():
            return FileResponse(root / "index.html", headers=_ASK_AGAIN)
        return PlainTextResponse(
            f"The page is not built: {root} has no index.html. In a checkout run `make page`; the API under "
            "/api works without it.\n",
            status_code=404,
        )

    return routes


def _file(root: Path, path: str) -> Path | None:
    """The file below `root` that a request's path names, if there is one."""
    if "\0" in path:
        return None
    file = (root / path).resolve()
    return file if file.is_relative_to(root) and file.is_file() else None
