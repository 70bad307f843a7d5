"""A library as the engine meets them: every kind of function and result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any


class Client:
    """Asks a model that says its question back, word by word."""

    def ask(self, question: str) -> str:
        if question == "fail":
            raise LookupError(question)
        return question

    async def ask_later(self, question: str) -> str:
        await asyncio.sleep(0)
        return self.ask(question)

    def ask_plainly(self, question: str) -> Any:
        """A plain function that gives a coroutine, as many SDKs have."""
        return self.ask_later(question)

    def ask_as_task(self, question: str) -> asyncio.Task[str]:
        return asyncio.get_running_loop().create_task(self.ask_later(question))

    def words(self, question: str) -> Iterator[str]:
        for word in question.split():
            if word == "break":
                raise ConnectionError(word)
            yield word

    async def words_later(self, question: str) -> AsyncIterator[str]:
        for word in self.words(question):
            yield word

    @staticmethod
    def fixed(question: str) -> str:
        return question

    def framework(self, question: str) -> str:
        """A layer above, which asks below."""
        return self.ask(question) if question != "nobody" else question


class Special(Client):
    """Inherits every method."""
