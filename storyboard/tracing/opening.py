"""Opens the traces that the operator asked for, by the variables that OpenTelemetry has for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Final

from storyboard.tracing.spans import Side, Traces, Untraced, spanning

ENDPOINT: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"
"""The variable with the address of a collector, the operator's alone."""

PARENT: Final = "TRACEPARENT"
"""The variable with the span that a command is part of."""

SERVICE: Final = "storyboard"
_OFF: Final = "OTEL_SDK_DISABLED"
_TIMEOUTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT")

_SECONDS: Final = 3
"""A collector that does not answer keeps a command no longer from its end, unless the operator says
so. A choice."""


@contextmanager
def traced_command(name: str, variables: Mapping[str, str]) -> Iterator[None]:
    """Have the calls of a command be part of one span, below that of who runs it, if one is told.

    A pipeline may tell its own in `TRACEPARENT`, as many of them do.
    """
    with closing(traces_of(variables, SERVICE)) as traces:
        parent = variables.get(PARENT, "")
        with spanning(traces.begin(f"storyboard {name}", parent, Side.CALLS)):
            yield


def traces_of(variables: Mapping[str, str], service: str) -> Traces:
    """Return where spans go: nowhere without an address, and without the packages.

    The address is often set for all programs of a machine, most of which have other packages: one
    that lacks them is not refused.
    """
    if not variables.get(ENDPOINT) or variables.get(_OFF, "").lower() == "true":
        return Untraced()
    try:
        from storyboard.tracing.exporting import ExportedTraces
    except ModuleNotFoundError as cause:
        if not (cause.name or "").startswith("opentelemetry"):
            raise
        return Untraced()
    seconds = None if any(map(variables.get, _TIMEOUTS)) else _SECONDS
    return ExportedTraces(variables.get("OTEL_SERVICE_NAME") or service, seconds)
