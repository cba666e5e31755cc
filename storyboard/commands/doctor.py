"""Whether this machine, the settings and the studio are fit for work. Changes and shows nothing.

Each part looks at one thing and yields findings; a part that fails keeps the later ones from
asking what cannot be answered.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Final

from storyboard.commands.budgets import within_policy
from storyboard.commands.compiled_project import compile_request, environment_of
from storyboard.commands.connection import connect
from storyboard.commands.doctor_finding import Finding, Level
from storyboard.commands.doctor_leftovers import examine_leftovers
from storyboard.commands.doctor_lettering import examine_lettering
from storyboard.commands.doctor_machine import examine_machine
from storyboard.commands.environment import Environment, Settings
from storyboard.commands.missing_entries import hint_of, missing_entries, shown_of, sources_of
from storyboard.commands.remote_studio import remote_studio
from storyboard.commands.request import Request
from storyboard.commands.schema import SCHEMA_FOLDER, has_schemas, outdated_schemas
from storyboard.commands.stores import open_store
from storyboard.compiler import Compilation
from storyboard.counting import counted, listed
from storyboard.environment_variables import VARIABLES
from storyboard.errors import ExitCode, StoryboardError
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.credentials import AppTokenLogin, Credentials, GivenSession
from storyboard.kaltura.objects import Principal, RemoteCheck
from storyboard.local_studio.letters import unset_text
from storyboard.local_studio.voices import count_languages, own_names, voices_of
from storyboard.nearest import nearest
from storyboard.plan.current import Current
from storyboard.plan.guards import check_principal
from storyboard.plan.options import PlanOptions
from storyboard.state.shared import SharedStore
from storyboard.state.store import open_state


async def examine(request: Request) -> tuple[Finding, ...]:
    """Look at everything that a run needs; never raises for what it finds."""
    compilation = compile_request(request)
    findings = [*_files(compilation), *_schemas(request.root)]
    try:
        environment = environment_of(request, compilation.project)
    except StoryboardError as cause:
        findings.append(Finding.of_failure("environment", cause))
        return (*examine_machine(request.root, films_here=False), *findings)
    findings.extend(_limits(request, compilation))
    is_local = environment.settings is None
    machine = examine_machine(request.root, films_here=is_local)
    findings.extend(_settings(environment))
    if not any(finding.level is Level.PROBLEM for finding in (*machine, *findings[1:])):
        findings.extend([finding async for finding in _studio(environment, compilation)])
    if is_local:
        findings.extend(_voices(compilation, environment.variables))
        findings.extend(examine_lettering(_locales(compilation), unset_text))
    return (*machine, *findings)


def exit_code_of(findings: tuple[Finding, ...]) -> ExitCode:
    """Return 4 where credentials are the problem, 1 for any other, else 0."""
    problems = [finding for finding in findings if finding.level is Level.PROBLEM]
    if any(finding.is_credentials for finding in problems):
        return ExitCode.CREDENTIALS
    return ExitCode.FAILURE if problems else ExitCode.OK


def _files(compilation: Compilation) -> Iterator[Finding]:
    errors = sum(d.severity.value == "error" for d in compilation.report.diagnostics)
    if errors:
        hint = "see them with: storyboard check"
        yield Finding("files", Level.PROBLEM, counted(errors, "error"), hint)
        return
    held = sum(1 for video in compilation.videos if video.holds)
    text = counted(len(compilation.videos), "video")
    if held:
        hint = "see why with: storyboard check"
        yield Finding("files", Level.WARNING, f"{text}, {held} held", hint)
    else:
        level = Level.OK if compilation.videos else Level.WARNING
        yield Finding("files", level, text)


def _schemas(root: Path) -> Iterator[Finding]:
    old = outdated_schemas(root)
    if old:
        copies = "1 copy is" if len(old) == 1 else f"{len(old)} copies are"
        text = f"{copies} of another version in '{SCHEMA_FOLDER}'"
        hint = "update what editors complete from with: storyboard schema --update"
        yield Finding("schemas", Level.WARNING, text, hint)
    elif has_schemas(root):
        yield Finding("schemas", Level.OK, f"'{SCHEMA_FOLDER}' is of this version")


def _settings(environment: Environment) -> Iterator[Finding]:
    settings = environment.settings
    if settings is None:
        yield Finding("environment", Level.OK, f"'{environment.name}': local studio")
        return
    try:
        remote = remote_studio(settings)
    except StoryboardError as cause:
        yield Finding.of_failure("environment", cause)
        return
    yield Finding("environment", Level.OK, f"'{environment.name}': {remote.avatar_url}")
    yield Finding("service", Level.OK, remote.service_url)
    yield Finding("credentials", Level.OK, _described(remote.credentials, settings))
    if not remote.user_id:
        yield Finding(
            "user",
            Level.WARNING,
            "no setting names the user",
            "set KALTURA_USER_ID: every object is private to the session's user",
        )


def _limits(request: Request, compilation: Compilation) -> Iterator[Finding]:
    """Tell which limits hold and from where; a variable that is none is a problem."""
    try:
        options = within_policy(PlanOptions(), compilation.project, request.shell)
    except StoryboardError as cause:
        yield Finding.of_failure("limits", cause)
        return
    told = [f"{each.rule.value} {each}" for each in options.bounds(0).limits]
    told += [f"protect {each}" for each in options.protected]
    yield Finding("limits", Level.OK, ", ".join(told))
    for name in sorted(request.shell):
        if name.startswith(_OWN_PREFIX) and not any(each.is_named(name) for each in VARIABLES):
            near = nearest(name, {variable.name for variable in VARIABLES})
            hint = f"did you mean {near}?" if near else "unset it"
            yield Finding("variables", Level.WARNING, f"no command reads the variable {name}", hint)


_OWN_PREFIX: Final = "STORYBOARD_"
"""What our variables begin with: one that is misspelled sets no limit, and nobody would know."""


def _described(credentials: Credentials, settings: Settings) -> str:
    """Say what was found, by the names of variables and never by their values."""
    match credentials:
        case GivenSession(renewal=None):
            return f"a session in {settings.keys.get('ksEnv', 'KALTURA_KS')}, not renewable"
        case GivenSession(renewal=login):
            assert login is not None
            return f"a session in {settings.keys.get('ksEnv', 'KALTURA_KS')}, renewed by " + (
                _described(login, settings)
            )
        case AppTokenLogin(partner_id=partner):
            return f"an app token of partner {partner}"
        case _:
            return f"the admin secret of partner {credentials.partner_id}"


async def _studio(environment: Environment, compilation: Compilation) -> AsyncIterator[Finding]:
    try:
        async with connect(environment) as client:
            templates = await client.list_templates()
            yield Finding("session", Level.OK, _owner(client.principal))
            yield Finding("studio", Level.OK, f"answers, with {len(templates)} presenters")
            for finding in await _configuration(client):
                yield finding
            for finding in await _clips(client, compilation):
                yield finding
            found = tuple(_state(environment, client.principal))
            for finding in found:
                yield finding
            # Where names are keys, an apply takes up whatever is marked with a wanted name.
            fit = all(finding.level is not Level.PROBLEM for finding in found)
            if fit and not environment.by_name:
                state = open_state(open_store(environment), client.principal)
                for finding in await examine_leftovers(client, state, environment):
                    yield finding
    except StoryboardError as cause:
        yield Finding.of_failure("studio", cause)


def _owner(principal: Principal) -> str:
    user = f"user '{principal.user_id}'" if principal.user_id else "a user that it does not tell"
    return f"valid, for {user} of partner {principal.partner_id}"


async def _configuration(client: StudioClient) -> list[Finding]:
    """Read the account's own checks; a studio that has no such action is no problem."""
    try:
        checks = await client.check_configuration()
    except StoryboardError as cause:
        hint = "ask Kaltura whether your account has VOD Avatar; this check is not available"
        return [Finding("configuration", Level.WARNING, f"unknown: {cause.message}", hint)]
    return [_configured(check) for check in checks] or [
        Finding("configuration", Level.WARNING, "the studio has no checks")
    ]


async def _clips(client: StudioClient, compilation: Compilation) -> list[Finding]:
    """Tell which clips a studio elsewhere does not have; the one here is asked by `check`."""
    videos = () if client.is_local else compilation.videos
    sources = sources_of(videos)
    shown = tuple(dict.fromkeys((*shown_of(videos), *sources)))
    missing = await missing_entries(client, shown, sources)
    if missing:
        text = f"the studio does not find {listed(sorted(missing), 5)}"
        return [Finding("clips", Level.WARNING, text, hint_of(client, min(missing)))]
    return (
        [Finding("clips", Level.OK, f"{counted(len(shown), 'entry', 'entries')} found")]
        if shown
        else []
    )


def _configured(check: RemoteCheck) -> Finding:
    if check.valid:
        return Finding("configuration", Level.OK, check.name)
    hint = "ask Kaltura to set it for your account"
    message = f"{check.name} is not set" + (f": {check.said}" if check.said else "")
    return Finding("configuration", Level.PROBLEM, message, hint)


def _state(environment: Environment, principal: Principal) -> Iterator[Finding]:
    try:
        if environment.by_name:
            yield Finding("state", Level.OK, "none is needed: videos are found by their names")
            return
        store = open_store(environment)
        state = store.read()
        if isinstance(store, SharedStore):
            store.blobs.probe()
        if state is None:
            yield Finding("state", Level.OK, f"nothing applied yet ('{environment.state_shown}')")
            return
        check_principal(state, Current(principal, ()))
    except StoryboardError as cause:
        yield Finding.of_failure("state", cause)
        return
    videos = counted(len(state.videos), "video")
    text = f"{videos}, serial {state.serial} ('{environment.state_shown}')"
    if state.operations:
        hint = "run storyboard apply to resolve them"
        yield Finding("state", Level.WARNING, f"{text}, {len(state.operations)} open", hint)
    else:
        yield Finding("state", Level.OK, text)


def _locales(compilation: Compilation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.address.locale for v in compilation.videos if v.address.locale))


def _voices(compilation: Compilation, variables: Mapping[str, str]) -> Iterator[Finding]:
    tags = _locales(compilation)
    try:
        own = own_names(variables)
        told = {tag: voices_of(tag, variables) for tag in tags}
    except StoryboardError as cause:
        yield Finding.of_failure("voices", cause)
        return
    mute = [tag for tag in tags if not told[tag]]
    if mute:
        hint = "check another environment: storyboard doctor -e ENVIRONMENT"
        yield Finding("voices", Level.PROBLEM, f"no voice for {', '.join(mute)}", hint)
    elif tags and own:
        named = (f"{tag} ({listed(told[tag], 3)})" for tag in tags)
        yield Finding("voices", Level.OK, f"speak {', '.join(named)}")
    elif tags:
        yield Finding("voices", Level.OK, f"speak {', '.join(tags)}")
    else:
        text = f"speak {count_languages()} languages, recognized from the narration"
        added = f"; of your own: {listed(own, 3)}" if own else ""
        yield Finding("voices", Level.OK, text + added)
