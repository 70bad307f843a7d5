"""A provider of models over real HTTP, on this machine: it answers by rules, tells fixed usage, and keeps a log
of what it was asked."""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from . import anthropic, bedrock, cohere, gemini, ollama, openai
from .answers import Answer, Chunks, Reply

ROUTES: list[tuple[str, Answer]] = [
    *bedrock.ROUTES, *gemini.ROUTES, *cohere.ROUTES, *ollama.ROUTES, *anthropic.ROUTES, *openai.ROUTES,
]  # fmt: skip
"""End of the path -> what answers it; the first that fits."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request that came, and the status it was answered with."""

    method: str
    path: str
    body: Any
    status: int
    headers: dict[str, str]


class Provider:
    """The provider, from `with` to its end; `url` is its address, `log` what it was asked."""

    def __init__(self, port: int = 0) -> None:
        self.log: list[Request] = []
        provider = self

        class Handler(_Handler):
            log = provider.log

        self._server = _Server(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Provider:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def environment(self) -> dict[str, str]:
        """Variables that point the libraries at this provider, and switch off what they tell their makers."""
        url = self.url
        return {
            "OPENAI_BASE_URL": f"{url}/v1", "OPENAI_API_KEY": "test-key",
            "ANTHROPIC_BASE_URL": url, "ANTHROPIC_API_KEY": "test-key",
            "GOOGLE_GEMINI_BASE_URL": url, "GEMINI_API_KEY": "test-key",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
            "GROQ_BASE_URL": url, "GROQ_API_KEY": "test-key", "MISTRAL_API_KEY": "test-key",
            "CO_API_URL": url, "CO_API_KEY": "test-key", "OLLAMA_HOST": url,
            "HAYSTACK_TELEMETRY_ENABLED": "false", "CREWAI_DISABLE_TELEMETRY": "true",
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
            "AGNO_TELEMETRY": "false", "DISABLE_TELEMETRY": "1", "HF_HUB_OFFLINE": "1",
        }  # fmt: skip


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone is what some tests are about."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    log: list[Request]

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("content-length") or 0))
        try:
            body = json.loads(data or b"{}")
        except ValueError:
            body = {}
        path = urlsplit(self.path).path
        answer = next((answer for end, answer in ROUTES if path.endswith(end)), None)
        reply = (
            Reply({"error": {"message": f"no such path: {path}"}}, 404)
            if answer is None
            else answer(path, body)
        )
        status = reply.status if isinstance(reply, Reply) else 200
        self.log.append(Request("POST", path, body, status, dict(self.headers)))
        if isinstance(reply, Chunks):
            self._stream(reply)
        else:
            self._whole(reply)

    def _whole(self, reply: Reply) -> None:
        data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        self.send_header("content-type", reply.content_type)
        self.send_header("content-length", str(len(data)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status == 429:
            self.send_header("retry-after-ms", "1")
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: Chunks) -> None:
        self.send_response(200)
        self.send_header("content-type", reply.content_type)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        if reply.slow:
            time.sleep(0.2)
        for number, chunk in enumerate(reply.chunks):
            if reply.breaks and number == 2:
                self.close_connection = True
                return
            self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""
