"""Comments, scores and labels of spans and traces."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from ..annotations import Annotations
from ..answers.annotations import Annotation, AnnotationEdit, AnnotationList, AnnotationWrite
from .parameters import PROBLEMS, WRITE_PROBLEMS, Project, TraceId

router = APIRouter(prefix="/api", tags=["annotations"], responses=PROBLEMS)


def _annotations(request: Request) -> Annotations:
    found: Annotations = request.app.state.annotations
    return found


Said = Annotated[Annotations, Depends(_annotations)]
AnnotationId = Annotated[str, Path(min_length=1, max_length=128)]
# As many traces as a page of the list may have.
TraceIds = Annotated[
    list[Annotated[str, Query(pattern="^[0-9a-fA-F]{32}$")]],
    Query(min_length=1, max_length=200, description="repeat for more"),
]


@router.get("/annotations", operation_id="list_annotations")
def list_annotations(said: Said, project: Project, trace_id: TraceIds) -> AnnotationList:
    """What is said of some traces and their spans."""
    return AnnotationList(annotations=said.of(project, [found.lower() for found in trace_id]))


@router.get("/traces/{trace_id}/annotations", operation_id="list_trace_annotations")
def list_trace_annotations(said: Said, project: Project, trace_id: TraceId) -> AnnotationList:
    """What is said of a trace and its spans."""
    return AnnotationList(annotations=said.of(project, [trace_id.lower()]))


@router.post(
    "/traces/{trace_id}/annotations",
    operation_id="add_annotation",
    status_code=201,
    responses=WRITE_PROBLEMS,
)
def add_annotation(
    said: Said, project: Project, trace_id: TraceId, write: AnnotationWrite
) -> Annotation:
    """Say something of a span or a trace."""
    return said.add(project, trace_id.lower(), write)


@router.put(
    "/traces/{trace_id}/annotations/{annotation_id}",
    operation_id="edit_annotation",
    responses=WRITE_PROBLEMS,
)
def edit_annotation(
    said: Said,
    project: Project,
    trace_id: TraceId,
    annotation_id: AnnotationId,
    write: AnnotationEdit,
) -> Annotation:
    """Say something else instead."""
    return said.edit(
        project, trace_id.lower(), annotation_id, write, write.if_updated_time_unix_nano
    )


@router.delete(
    "/traces/{trace_id}/annotations/{annotation_id}",
    operation_id="delete_annotation",
    status_code=204,
    responses=WRITE_PROBLEMS,
)
def delete_annotation(
    said: Said, project: Project, trace_id: TraceId, annotation_id: AnnotationId
) -> None:
    """Take it back."""
    said.delete(project, trace_id.lower(), annotation_id)
