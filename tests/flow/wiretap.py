"""Doors between an exporter and the collector: what passes is kept, and forwarded as it is.

So a test compares what an exporter really sent with what is stored, whatever SDK encoded it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import grpc

from spanhouse.collector.otlp.decode import decompress, protobuf_of_json
from spanhouse.collector.otlp.signals import SIGNALS, Signal
from tests.flow.doors import JSON, GrpcDoor, HttpDoor
from tests.flow.http_body import read_body
from tests.flow.running import RunningCollector

_LIMIT = 1 << 26


class Wiretap:
    """Listens on two ports of its own in front of a collector."""

    def __init__(self, collector: RunningCollector) -> None:
        self.caught: dict[str, list[Any]] = {name: [] for name in SIGNALS}
        """Requests by signal."""
        self.apis: set[str] = set()
        """grpc, or the content type, with the encoding after a space."""
        self._to_grpc, self._to_http = GrpcDoor(collector.grpc), HttpDoor(collector.http)
        self._server = grpc.server(ThreadPoolExecutor(4))
        for signal in SIGNALS.values():
            handler: Any = grpc.unary_unary_rpc_method_handler(self._grpc_export(signal))
            self._server.add_generic_rpc_handlers(
                (grpc.method_handlers_generic_handler(signal.service, {"Export": handler}),)
            )
        self.grpc = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._http_handler())
        self._http.daemon_threads = True
        self.http = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.stop(None).wait()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        self._to_grpc.close()
        self._to_http.close()

    def _grpc_export(self, signal: Signal) -> Any:
        def export(body: bytes, context: grpc.ServicerContext) -> bytes:
            self.caught[signal.name].append(signal.request.FromString(body))
            self.apis.add("grpc")
            sent = context.invocation_metadata()
            metadata = [(name, str(value)) for name, value in sent if name.startswith("x-")]
            answer = self._to_grpc.send(signal, body, metadata)
            if not answer.ok:
                context.abort(grpc.StatusCode[answer.code], answer.headers["details"])
            return answer.body

        return export

    def _http_handler(self) -> type[BaseHTTPRequestHandler]:
        tap = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                signal = SIGNALS[self.path.rpartition("/")[2]]
                body = read_body(self)
                kept = ("content-type", "content-encoding", "x-spanhouse-project")
                headers = {name: self.headers[name] for name in kept if self.headers[name]}
                plain = decompress(body, headers.get("content-encoding", ""), _LIMIT)
                is_json = headers["content-type"] == JSON
                request = protobuf_of_json(signal, plain) if is_json else plain
                tap.caught[signal.name].append(signal.request.FromString(request))
                encoding = headers.get("content-encoding", "")
                tap.apis.add(f"{headers['content-type']} {encoding}".strip())
                answer = tap._to_http.request("POST", self.path, body, headers)
                self.send_response(int(answer.code))
                self.send_header("content-type", answer.headers.get("content-type", ""))
                self.send_header("content-length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        return Handler
