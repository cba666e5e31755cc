"""The studio as one ASGI application: its routes, as a table, behind its door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Final

from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from storyboard.studio.api.authentication import guarded
from storyboard.studio.api.avatar_api import AvatarApi
from storyboard.studio.api.catalog_actions import Pictures
from storyboard.studio.api.control import ControlPlane
from storyboard.studio.api.control_time import TimeTravel
from storyboard.studio.api.downloads import Downloads
from storyboard.studio.api.failures import failures
from storyboard.studio.api.metrics import PATH as METRICS
from storyboard.studio.api.metrics import Measured, Metrics
from storyboard.studio.api.probes import Probes, alive
from storyboard.studio.api.repeats import Repeats
from storyboard.studio.api.security import Door, OpenPaths
from storyboard.studio.api.service_api import ServiceApi
from storyboard.studio.api.slow_calls import Threads
from storyboard.studio.api.traced import Traced
from storyboard.studio.behavior.rights import CATALOG, PORTRAITS
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.journal import Journal
from storyboard.studio.web.application import FRAME, OWN_PAGE, PARTS, Application
from storyboard.studio.web.choices import Choices
from storyboard.studio.web.drafting import Drafting
from storyboard.studio.web.files import Files
from storyboard.studio.web.key import PageKey
from storyboard.studio.web.overview import Look
from storyboard.studio.web.slides import Slides
from storyboard.studio.web.widget import LOADER_PATH, MANIFEST, RUNTIME_PATH, Widget, no_widget
from storyboard.studio.web.widget import PATHS as WIDGET_PATHS
from storyboard.studio.web.work import Work
from storyboard.whole_numbers import MAX_DIGITS


class _Whole(IntegerConvertor):
    """A number in a path; starlette's own fails for one of 5,000 digits."""

    regex = f"[0-9]{{1,{MAX_DIGITS}}}"


register_url_convertor("whole", _Whole())

Answer = Callable[[Request], Awaitable[Response]]
Row = tuple[str, str, Answer]
"""Methods, path, and who answers."""

_SERVICE: Final = "/api_v3/service/{service}/action/{action}"
_PARTNER: Final = "/p/{partner:whole}"
_SUB: Final = _PARTNER + "/sp/{sub:whole}"
_STILL: Final = "/thumbnail/entry_id/{entry}"
_REST: Final = "/{rest:path}"
_OPENED: Final = OpenPaths(WIDGET_PATHS, frozenset({FRAME}), frozenset({OWN_PAGE}))


def build_app(
    workspace: Workspace,
    *,
    threads: Threads,
    hosts: frozenset[str],
    origins: frozenset[str],
    guests: frozenset[str],
    key: PageKey,
) -> ASGIApp:
    """Return the application.

    What takes long is done in `threads`. Who is let in: `hosts` and `origins` of its own, and pages
    of the origins `guests`. `key` opens the studio's own pages.
    """
    journal = Journal(workspace.identity.admin_secret)
    repeats = Repeats(resets=lambda: workspace.control.look().resets)
    hard = threads.hard
    films = str(workspace.signed.origin) if workspace.signed else ""
    rows = (
        *_api_rows(
            AvatarApi(workspace, journal, repeats, threads),
            ServiceApi(workspace, journal, repeats, threads),
            Metrics(workspace),
        ),
        *_guarded(
            workspace,
            *_drafting_rows(Drafting(workspace)),
            *_choice_rows(Choices(workspace, hard), Slides(workspace, hard)),
            *_public_rows(Downloads(workspace, hard), Pictures(workspace, hard)),
            *_control_rows(
                ControlPlane(workspace, journal),
                TimeTravel(workspace, workspace.clock),
            ),
            *_probe_rows(Probes(workspace, threads)),
            *_page_rows(
                Files(workspace.public_url, films),
                Application(workspace.public_url, workspace.contract["actions"], films),
                Look(workspace, hard, key),
                Work(workspace),
            ),
            *_widget_rows(Widget(workspace.public_url)),
        ),
    )
    return Door(_answering(workspace, rows), hosts, origins, guests, _OPENED)


def build_worker_app(workspace: Workspace, probes: Probes) -> ASGIApp:
    """Return what a worker answers: its counts, to who shows the token, and the probes.

    No name of its host is known, and none is needed: no other page has the token.
    """
    return _without_door(workspace, (METRICS, Metrics(workspace).answer), *_probes(probes))


def build_probed_app(workspace: Workspace, probes: Probes) -> ASGIApp:
    """Return what a worker answers who may be asked by anybody: a word, and no more."""
    return _without_door(workspace, *_probes(probes))


def _without_door(workspace: Workspace, *rows: tuple[str, Answer]) -> Starlette:
    routes = [Route(path, answer) for path, answer in rows]
    return Starlette(routes=routes, exception_handlers=failures(workspace.contract))


def _answering(workspace: Workspace, rows: Iterable[Row]) -> Starlette:
    """Return what answers at the places of the rows; each call is counted, and part of a trace."""
    app = Starlette(
        routes=[Route(path, answer, methods=methods.split()) for methods, path, answer in rows],
        middleware=[
            Middleware(Measured, measures=workspace.measures),
            Middleware(Traced, traces=workspace.traces),
        ],
        exception_handlers=failures(workspace.contract),
    )
    app.router.redirect_slashes = False
    return app


def _guarded(workspace: Workspace, *rows: Row) -> Iterator[Row]:
    """Yield the rows with each answer behind the sessions that may have it."""
    for methods, path, answer in rows:
        yield methods, path, guarded(workspace, path, answer)


def _api_rows(api: AvatarApi, services: ServiceApi, metrics: Metrics) -> tuple[Row, ...]:
    """Return the two interfaces, which look each action up in the table of rights themselves.

    So does what a collector reads, who may have a token of the operator's.
    """
    return (
        ("GET", METRICS, metrics.answer),
        ("POST", "/api/v1/{service}/{action}", api.call),
        ("POST", CATALOG + "{service}/{action}", api.call),
        ("GET POST", "/api_v3/service/{service}", services.call),
        ("GET POST", _SERVICE, services.call),
        ("GET POST", _SERVICE + _REST, services.call),
    )


def _drafting_rows(drafting: Drafting) -> tuple[Row, ...]:
    """Return what the scene builder asks; before all else under `/v1`."""
    return (
        ("POST", "/v1/studio/lengths", drafting.lengths),
        ("GET", "/v1/studio/videos/{video}/storyboard", drafting.storyboard),
    )


def _choice_rows(choices: Choices, slides: Slides) -> tuple[Row, ...]:
    """Return what the interface offers; before all else under `/v1`."""
    return (
        ("GET", "/v1/studio/facts.json", choices.facts),
        ("GET", "/v1/studio/templates/{template}.png", choices.template),
        ("GET", "/v1/studio/templates/{template}.mp3", choices.voice),
        ("GET", "/v1/studio/backgrounds/{background}.jpg", choices.background),
        ("GET", "/v1/studio/slides/{entry}/{index:whole}.png", slides.picture),
        ("GET", "/v1/studio/slides/{entry}", slides.count),
    )


def _public_rows(media: Downloads, pictures: Pictures) -> tuple[Row, ...]:
    """Return what else Kaltura has."""
    return (
        ("GET", PORTRAITS + "{avatar}.png", pictures.picture),
        ("GET", _SUB + "/playManifest/entryId/{entry}" + _REST, media.played),
        ("GET", _SUB + "/raw/entry_id/{entry}", media.raw),
        ("GET", _SUB + "/raw/entry_id/{entry}" + _REST, media.raw),
        ("GET", _PARTNER + _STILL, media.still),
        ("GET", _PARTNER + _STILL + _REST, media.still),
        ("GET", _SUB + _STILL, media.still),
        ("GET", _SUB + _STILL + _REST, media.still),
    )


def _control_rows(control: ControlPlane, travel: TimeTravel) -> tuple[Row, ...]:
    """Return what is the local studio's own."""
    return (
        ("GET", "/__studio/health", alive),
        ("GET POST", "/__studio/media", control.media),
        ("POST", "/__studio/media/{entry}/captions", control.captions),
        ("GET", "/__studio/progress", control.progress),
        ("GET", "/__studio/videos/{video}", control.video),
        ("POST", "/__studio/videos/{video}/status", control.step),
        ("GET", "/__studio/contract", control.contract),
        ("GET", "/__studio/openapi.json", control.openapi),
        ("GET POST DELETE", "/__studio/faults", control.faults),
        ("POST DELETE", "/__studio/hold", control.hold),
        ("GET", "/__studio/journal", control.journal),
        ("POST", "/__studio/reset", control.reset),
        ("GET POST DELETE", "/__studio/clock", travel.clock),
        ("POST DELETE", "/__studio/seed", travel.seed),
        ("GET", "/__studio/snapshots", travel.listing),
        ("PUT DELETE", "/__studio/snapshots/{name}", travel.snapshot),
        ("POST", "/__studio/snapshots/{name}/load", travel.load),
    )


def _probe_rows(probes: Probes) -> tuple[Row, ...]:
    """Return what orchestrators and load balancers ask."""
    return tuple(("GET", path, answer) for path, answer in _probes(probes))


def _probes(probes: Probes) -> tuple[tuple[str, Answer], ...]:
    """Return the probes, at the paths that orchestrators expect."""
    return (("/healthz", alive), ("/readyz", probes.ready))


def _page_rows(files: Files, application: Application, look: Look, work: Work) -> tuple[Row, ...]:
    """Return the pages in a browser, and what the console looks at."""
    return (
        ("GET", "/__studio/", files.start),
        ("GET", "/__studio/web/{file}", files.part),
        ("POST", "/__studio/session", look.session),
        ("POST", "/__studio/user-session", look.user_session),
        ("GET", "/__studio/overview", look.overview),
        ("GET", "/__studio/work", work.look),
        ("GET", "/__studio/avatars/{avatar}/picture", look.portrait),
        ("GET", "/__studio/captions/{captions}", look.subtitles),
        ("GET", "/", application.lead),
        ("GET", OWN_PAGE, application.own_page),
        ("GET", FRAME, application.frame),
        ("GET", PARTS + "{state}" + _REST, application.part),
    )


def _widget_rows(widget: Widget) -> tuple[Row, ...]:
    """Return what pages import to embed the studio; all else there is refused."""
    return (
        ("GET", MANIFEST, widget.manifest),
        ("GET", LOADER_PATH, widget.module),
        ("GET", RUNTIME_PATH, widget.module),
        ("GET", "/v1", no_widget),
        ("GET", "/v1" + _REST, no_widget),
    )
