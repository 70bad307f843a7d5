"""Token buckets as attributes: `input` counts cached tokens too, `output` counts reasoning tokens too
(OpenTelemetry GenAI conventions)."""

from __future__ import annotations

from . import semconv


def usage(
    input: int | None = None,
    output: int | None = None,
    *,
    cache_read: int | None = None,
    cache_write: int | None = None,
    reasoning: int | None = None,
    audio_input: int | None = None,
    audio_output: int | None = None,
    image_input: int | None = None,
    image_output: int | None = None,
) -> dict[str, int | None]:
    """Attribute -> tokens, as the provider said; a bucket of 0 within a total says nothing and is left out."""
    return {
        semconv.GEN_AI_USAGE_INPUT_TOKENS: input,
        semconv.GEN_AI_USAGE_OUTPUT_TOKENS: output,
        semconv.GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS: cache_read or None,
        semconv.GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS: cache_write or None,
        semconv.GEN_AI_USAGE_REASONING_OUTPUT_TOKENS: reasoning or None,
        semconv.GEN_AI_USAGE_AUDIO_INPUT_TOKENS: audio_input or None,
        semconv.GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS: audio_output or None,
        semconv.GEN_AI_USAGE_IMAGE_INPUT_TOKENS: image_input or None,
        semconv.GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS: image_output or None,
    }
