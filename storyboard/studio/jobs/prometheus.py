"""The counts of a studio as Prometheus collects them. Needs the package prometheus-client."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from storyboard.studio.jobs.measures import Now
from storyboard.studio.records import queue

_REQUEST_SECONDS: Final = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
_JOB_SECONDS: Final = (1.0, 5.0, 15.0, 60.0, 240.0, 900.0)
_WAITING, _IN_WORK = "waiting", "in_work"


class PrometheusMeasures:
    """Owns the registry of one studio; `token` opens it beside sessions, if it is not empty."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self._telling = threading.Lock()
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Histogram(
            "storyboard_request_seconds",
            "Time from a request to the end of its answer.",
            ("call", "status"),
            buckets=_REQUEST_SECONDS,
            registry=self._registry,
        )
        self._errors = Counter(
            "storyboard_api_errors",
            "Errors that calls were answered, most of them with the status 200.",
            ("call", "code"),
            registry=self._registry,
        )
        self._jobs = Histogram(
            "storyboard_job_seconds",
            "Time that this process worked at a film or a composition.",
            ("kind", "outcome"),
            buckets=_JOB_SECONDS,
            registry=self._registry,
        )
        self._open = self._gauge(
            "storyboard_open_jobs", "Jobs of all processes that share the queue.", "kind", "state"
        )
        self._oldest = self._gauge(
            "storyboard_oldest_waiting_seconds", "How long the oldest job has waited.", "kind"
        )
        self._unmet = self._gauge(
            "storyboard_jobs_without_worker",
            "Jobs that wait, and that no live worker can take.",
            *("kind", "composer", "voices"),
        )
        self._missing = Counter(
            "storyboard_missing_files",
            "Times that a file was asked for that the place of files has lost.",
            registry=self._registry,
        )
        self._free = self._gauge(
            "storyboard_free_bytes", "Room on the disk of the workspace, and of the files.", "of"
        )
        self._draining = self._gauge("storyboard_draining", "1 once no new work is taken.")

    def note_request(self, call: str, status: int, seconds: float, errors: Sequence[str]) -> None:
        """Count an answer, and the errors in it."""
        self._requests.labels(call, str(status)).observe(seconds)
        for code in errors:
            self._errors.labels(call, code).inc()

    def note_job(self, kind: str, outcome: str, seconds: float) -> None:
        """Count a job."""
        self._jobs.labels(kind, outcome).observe(seconds)

    def note_missing_file(self) -> None:
        """Count it."""
        self._missing.inc()

    def told(self, now: Now) -> tuple[bytes, str]:
        """Return all counts, and how the studio is now."""
        with self._telling:
            for lane in now.lanes:
                self._open.labels(lane.kind, _WAITING).set(lane.waiting)
                self._open.labels(lane.kind, _IN_WORK).set(lane.in_work)
                since = now.time if lane.oldest is None else lane.oldest
                self._oldest.labels(lane.kind).set(max(0.0, now.time - since))
            self._tell_unmet(now)
            self._free.clear()
            for name, free in now.free_bytes.items():
                self._free.labels(name).set(free)
            self._draining.set(now.is_draining)
            return generate_latest(self._registry), CONTENT_TYPE_LATEST

    def _tell_unmet(self, now: Now) -> None:
        """Tell a need no longer than it lasts, and each kind of jobs always: 0 is a word, too."""
        self._unmet.clear()
        for lane in now.lanes:
            self._unmet.labels(lane.kind, "", "").set(0)
        for each in now.unmet:
            needs = each.needs or ""
            of_film = each.kind == queue.FILM
            self._unmet.labels(each.kind, "" if of_film else needs, needs if of_film else "").inc(
                each.waiting
            )

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, registry=self._registry)
