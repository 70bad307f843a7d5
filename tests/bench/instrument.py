"""What tracing costs a program: its import, and an OpenAI call against the fake provider, beside other suites' tracing.

    BENCH_PYTHON=build/environments/genai/bin/python python -m tests.bench instrument

Other suites run where they are installed beside `openai` (BENCH_PYTHON names another environment's interpreter). Costs
are CPU time, which the network and the machine's other work are not in: of the calling thread, median over calls,
and of the whole process, exporting included, mean. Traced and untraced calls alternate in blocks, in one process per
suite.
"""

from __future__ import annotations

import json
import logging
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
BLOCKS: Final = 12
CALLS: Final = 150
"""Of one block."""
MESSAGES: Final = [
    {"role": "system", "content": "You answer in one sentence. " * 10},
    {
        "role": "user",
        "content": "What is the capital of France, and how many people live there? " * 4,
    },
]

IMPORT = """
import json, resource, time
before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
import spanhouse
imported, size = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
spanhouse.instrument()
done, all_of_it = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([imported * 1e3, (size - before) / 1024, done * 1e3, (all_of_it - before) / 1024]))
"""


class _Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""


def _spanhouse() -> tuple[Callable[[], object], Callable[[], object]]:
    from spanhouse.instrumentation.instrument import instrument, uninstrument

    return lambda: instrument(include=["openai"]), uninstrument


def _instrumentor(module: str) -> tuple[Callable[[], object], Callable[[], object]]:
    from importlib import import_module

    from opentelemetry import metrics, trace
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    metrics.set_meter_provider(MeterProvider([PeriodicExportingMetricReader(OTLPMetricExporter())]))
    instrumentor = import_module(module).OpenAIInstrumentor()
    return instrumentor.instrument, instrumentor.uninstrument


SUITES: Final[dict[str, tuple[Callable[[], Any], dict[str, str]]]] = {
    "spanhouse": (_spanhouse, {}),
    "spanhouse, content off": (_spanhouse, {"SPANHOUSE_CONTENT": "false"}),
    "spanhouse, exporter off": (
        _spanhouse, {"OTEL_TRACES_EXPORTER": "none", "OTEL_METRICS_EXPORTER": "none", "OTEL_LOGS_EXPORTER": "none"},
    ),
    "spanhouse, SDK disabled": (_spanhouse, {"OTEL_SDK_DISABLED": "true"}),
    "OpenInference": (lambda: _instrumentor("openinference.instrumentation.openai"), {}),
    "OpenTelemetry": (
        lambda: _instrumentor("opentelemetry.instrumentation.genai.openai"),
        {
            "OTEL_SEMCONV_STABILITY_OPT_IN": "gen_ai_latest_experimental",
            "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_ONLY",
        },
    ),
}  # fmt: skip
"""Suite -> how it is switched on and off, and the variables it runs with."""


def measure(suite: str) -> dict[str, list[float]]:
    """Microseconds of a call, traced and untraced: [median of the thread's CPU time, mean of the process's]."""
    import openai

    logging.disable()
    on, off = SUITES[suite][0]()
    client: Any = openai.OpenAI(max_retries=0)
    threads: dict[bool, list[float]] = {True: [], False: []}
    process: dict[bool, list[float]] = {True: [], False: []}
    for block in range(2 * BLOCKS + 2):
        traced = block % 2 == 1
        if traced:
            on()
        whole = time.process_time()
        for _ in range(CALLS):
            started = time.thread_time()
            client.chat.completions.create(model="gpt-4o", messages=MESSAGES, temperature=0.5)
            if block > 1:
                threads[traced].append(time.thread_time() - started)
        if block > 1:
            process[traced].append((time.process_time() - whole) / CALLS)
        if traced:
            off()
    return {
        str(traced): [
            statistics.median(threads[traced]) * 1e6,
            statistics.mean(process[traced]) * 1e6,
        ]
        for traced in (True, False)
    }


def _run(python: str, code: list[str], **variables: str) -> Any:
    done = subprocess.run(
        [python, *code], env={**os.environ, "PYTHONPATH": str(ROOT), **variables}, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Print the table."""
    python = os.environ.get("BENCH_PYTHON", sys.executable)
    runs = [_run(python, ["-c", IMPORT], OTEL_SDK_DISABLED="") for _ in range(5)]
    imported, size, whole, all_of_it = (
        statistics.median(column) for column in zip(*runs, strict=True)
    )
    print(
        f"import spanhouse {imported:.1f} ms, {size:.1f} MB; with instrument() {whole:.0f} ms, {all_of_it:.1f} MB\n"
    )
    sink = ThreadingHTTPServer(("127.0.0.1", 0), _Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.instrumentation.provider"], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, text=True,
    ) as provider:  # fmt: skip
        assert provider.stdout is not None
        url = provider.stdout.readline().strip()
        told = {
            "OPENAI_BASE_URL": f"{url}/v1", "OPENAI_API_KEY": "test-key",
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{sink.server_address[1]}",
        }  # fmt: skip
        heads = f"{'untraced':>10} {'traced':>10} {'costs':>10} {'ratio':>6}"
        print(f"{'':26} {heads}   {'costs, export included':>22}")

        for suite, (_, variables) in SUITES.items():
            found = _run(python, ["-m", "tests.bench.instrument", suite], **told, **variables)
            if isinstance(found, str):
                print(f"{suite:26} not measured: {found}")
                continue
            (traced, all_traced), (bare, all_bare) = found["True"], found["False"]
            costs, all_of_it = traced - bare, all_traced - all_bare
            told_of = f"{bare:7.0f} µs {traced:7.0f} µs {costs:7.0f} µs {traced / bare:6.2f}"
            print(f"{suite:26} {told_of} {all_of_it:19.0f} µs")
        provider.terminate()


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
