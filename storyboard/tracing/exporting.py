"""Spans to a collector, by OTLP over HTTP. Needs the packages of the extra `otel`."""

from __future__ import annotations

import logging
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span as Telemetry
from opentelemetry.trace import SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from storyboard.tracing.collector import collector_session
from storyboard.tracing.spans import HEADER, Side, Span, is_context

_PREFIX: Final = "storyboard."
_KINDS: Final = {
    Side.CALLS: SpanKind.CLIENT,
    Side.ANSWERS: SpanKind.SERVER,
    Side.WORKS: SpanKind.CONSUMER,
    Side.WITHIN: SpanKind.INTERNAL,
}
_PROPAGATOR: Final = TraceContextTextMapPropagator()


class ExportedTraces:
    """Owns what sends the spans of one process, in a thread of its own."""

    is_on = True

    def __init__(self, service: str, seconds: float | None = None) -> None:
        """Send to where OpenTelemetry's own variables say, as a service of this name.

        What the collector has not taken within these seconds is lost; `None` leaves them to those
        variables, too.
        """
        # Whoever runs the collector sees that nothing comes: no log of ours fills up meanwhile.
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        self._provider = TracerProvider(
            resource=Resource.create({"service.name": service}), shutdown_on_exit=False
        )
        exporter = OTLPSpanExporter(timeout=seconds, session=collector_session())
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("storyboard")

    def begin(self, name: str, parent: str, side: Side, **facts: str | int) -> Span:
        """Begin a span below a parent's context, or a trace of its own without a valid one."""
        given = {HEADER: parent} if is_context(parent) else {}
        span = self._tracer.start_span(name, _PROPAGATOR.extract(given), _KINDS[side])
        begun = _Exported(span)
        begun.note(**facts)
        return begun

    def close(self) -> None:
        """Send what was not sent yet, if the collector answers soon."""
        self._provider.shutdown()


class _Exported:
    def __init__(self, span: Telemetry) -> None:
        self._span = span
        told: dict[str, str] = {}
        _PROPAGATOR.inject(told, set_span_in_context(span))
        self.context = told.get(HEADER, "")

    def call(self, name: str) -> None:
        self._span.update_name(name)

    def note(self, **facts: str | int) -> None:
        self._span.set_attributes({f"{_PREFIX}{name}": value for name, value in facts.items()})

    def fail(self, why: str) -> None:
        self._span.set_status(Status(StatusCode.ERROR, why))

    def end(self) -> None:
        self._span.end()
