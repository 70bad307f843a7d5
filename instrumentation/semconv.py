"""Names of the events and attributes that spanhouse's parts tell each other; semconv.md says what each means.

Where OpenTelemetry has a name it is that one. A name is never given a second meaning: state is folded from events
of every age.
"""

from __future__ import annotations

from typing import Final

LOG_RECORD_UID: Final = "log.record.uid"
SERVICE_NAME: Final = "service.name"

DOCUMENT_PUT: Final = "spanhouse.document.put"
DOCUMENT_DELETE: Final = "spanhouse.document.delete"
DOCUMENT_KIND: Final = "spanhouse.document.kind"
DOCUMENT_ID: Final = "spanhouse.document.id"
DOCUMENT_NAME: Final = "spanhouse.document.name"

EVALUATION_RESULT: Final = "gen_ai.evaluation.result"
EVALUATION_NAME: Final = "gen_ai.evaluation.name"
EVALUATION_SCORE_VALUE: Final = "gen_ai.evaluation.score.value"
EVALUATION_SCORE_LABEL: Final = "gen_ai.evaluation.score.label"
EVALUATION_EXPLANATION: Final = "gen_ai.evaluation.explanation"

ANNOTATION_PUT: Final = "spanhouse.annotation.put"
ANNOTATION_DELETE: Final = "spanhouse.annotation.delete"
ANNOTATION_ID: Final = "spanhouse.annotation.id"
ANNOTATION_KIND: Final = "spanhouse.annotation.kind"
ANNOTATION_NAME: Final = "spanhouse.annotation.name"
ANNOTATION_SOURCE: Final = "spanhouse.annotation.source"
ANNOTATION_AUTHOR: Final = "spanhouse.annotation.author"
