"""Small things that people save: queries, views, dashboards, alerts, bookmarks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from .. import documents
from ..answers.documents import Document, DocumentKind, Documents, DocumentWrite, Nanoseconds
from .parameters import PROBLEMS, WRITE_PROBLEMS, Project

router = APIRouter(prefix="/api/documents", tags=["documents"], responses=PROBLEMS)


def _documents(request: Request) -> documents.Documents:
    found: documents.Documents = request.app.state.documents
    return found


Saved = Annotated[documents.Documents, Depends(_documents)]


@router.get("/{kind}", operation_id="list_documents")
def list_documents(saved: Saved, project: Project, kind: DocumentKind) -> Documents:
    """All documents of a kind, by name."""
    return Documents(documents=saved.list(project, kind))


@router.get("/{kind}/{id}", operation_id="get_document")
def get_document(saved: Saved, project: Project, kind: DocumentKind, id: str) -> Document:
    """One document."""
    return saved.get(project, kind, id)


@router.put("/{kind}/{id}", operation_id="put_document", responses=WRITE_PROBLEMS)
def put_document(
    saved: Saved, project: Project, kind: DocumentKind, id: str, write: DocumentWrite
) -> Document:
    """Make or replace a document; the answer is what everyone reads from now on."""
    return saved.put(project, kind, id, write.name, write.body, write.if_updated_time_unix_nano)


@router.delete(
    "/{kind}/{id}", operation_id="delete_document", status_code=204, responses=WRITE_PROBLEMS
)
def delete_document(
    saved: Saved,
    project: Project,
    kind: DocumentKind,
    id: str,
    if_updated_time_unix_nano: Annotated[
        Nanoseconds | None, Query(description="only if it was last updated then")
    ] = None,
) -> None:
    """Delete a document."""
    saved.delete(project, kind, id, if_updated_time_unix_nano)
