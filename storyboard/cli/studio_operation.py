"""How a served studio is run: options for whoever operates it for others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from storyboard.cli.studio_log import FORMATS, TEXT
from storyboard.distribution import install_command
from storyboard.errors import MissingExtraError
from storyboard.kaltura.secrets import Secret
from storyboard.local_studio.opening import studio_packages

if TYPE_CHECKING:
    from storyboard.studio.jobs.makers import Makers, StoryboardWriter
    from storyboard.studio.jobs.measures import Measures

_Command = TypeVar("_Command", bound=Callable[..., Any])

UNLOAD_MINUTES: Final = 5.0
"""How long what was loaded stays; loading it again takes a second or two."""

DRAIN_SECONDS: Final = 5.0
"""How long a studio that is told to end waits for its jobs: half of what `docker stop` waits."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What these options say, each by its name."""

    drain: float
    log_format: str
    unload_after: float


def operating_options(command: _Command) -> _Command:
    """Add the options, which the command takes as `Operation`'s fields."""
    for decorate in reversed(
        (
            click.option("--drain", metavar="SECONDS", type=click.FloatRange(0, 86_400),
                         default=DRAIN_SECONDS, show_default=True,
                         help="Wait this long for films in work after SIGTERM."),
            click.option("--log-format", type=click.Choice(FORMATS), default=TEXT,
                         show_default=True,
                         help="Write the log as text, or as a JSON object a line."),
            click.option("--unload-after", metavar="MINUTES", default=UNLOAD_MINUTES,
                         type=click.FloatRange(0, 100_000, min_open=True), show_default=True,
                         help="Stop programs with models that were idle this long."),
        )
    ):  # fmt: skip
        command = decorate(command)
    return command


metrics_option = click.option(
    "--metrics", "has_metrics", is_flag=True, help="Count requests and films for Prometheus."
)
worker_metrics_option = click.option(
    "--metrics", "metrics_at", metavar="HOST:PORT", help="Answer Prometheus at this address."
)
worker_probes_option = click.option(
    "--probes", "probes_at", metavar="HOST:PORT",
    help="Answer /healthz and /readyz at this address.",
)  # fmt: skip
METRICS_TOKEN: Final = "STORYBOARD_STUDIO_METRICS_TOKEN"
"""The variable with what a collector shows in place of a session."""


def measures_of(variables: Mapping[str, str], *, has_metrics: bool) -> Measures:
    """Return what counts, which is nothing without `--metrics`; raises `MissingExtraError`."""
    from storyboard.studio.jobs.measures import Unmeasured

    if not has_metrics:
        return Unmeasured()
    try:
        from storyboard.studio.jobs.prometheus import PrometheusMeasures
    except ModuleNotFoundError as cause:
        raise MissingExtraError(
            f"--metrics needs the package '{cause.name}'", hint=install_command("metrics")
        ) from cause
    token = Secret(variables.get(METRICS_TOKEN, ""))
    return PrometheusMeasures(token.reveal())


@contextmanager
def makers_of(operation: Operation, storyboard: StoryboardWriter | None = None) -> Iterator[Makers]:
    """Lend makers that are programs of their own: for films, and for speech and pictures."""
    with studio_packages():
        from storyboard.studio.film.process_pool import FilmProcesses
        from storyboard.studio.jobs.maker_process import MakerProcess
    idle = operation.unload_after * 60
    with (
        FilmProcesses(idle_seconds=idle) as films,
        closing(MakerProcess(idle_seconds=idle)) as maker,
    ):
        yield maker.makers(film=films, storyboard=storyboard)
