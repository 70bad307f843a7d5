"""The libraries that are traced, one module each; loaded only for those that are installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..engine import Library

DISTRIBUTIONS: Final[dict[str, str]] = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google_genai": "google-genai",
    "bedrock": "botocore",
    "groq": "groq",
    "mistralai": "mistralai",
    "cohere": "cohere",
    "ollama": "ollama",
    "litellm": "litellm",
    "mcp": "mcp",
    "langchain": "langchain-core",
    "langgraph": "langgraph",
    "llama_index": "llama-index-core",
    "haystack": "haystack-ai",
    "dspy": "dspy",
    "crewai": "crewai",
    "autogen": "autogen-core",
    "ag2": "ag2",
    "semantic_kernel": "semantic-kernel",
    "smolagents": "smolagents",
    "pydantic_ai": "pydantic-ai-slim",
    "openai_agents": "openai-agents",
    "agno": "agno",
    "google_adk": "google-adk",
    "strands": "strands-agents",
    "claude_agent_sdk": "claude-agent-sdk",
}
"""Name of the library, and of its module here -> its distribution on PyPI."""


def load(name: str) -> Library:
    """The library `name` of DISTRIBUTIONS."""
    library: Library = import_module(f".{name}", __name__).LIBRARY
    return library
