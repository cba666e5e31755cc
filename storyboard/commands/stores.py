"""Opens the store of an environment's state: a file of this machine, or a place that many share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from storyboard.commands.environment import Environment
from storyboard.commands.repository import repository_top
from storyboard.errors import StateError, UsageError
from storyboard.shell import word
from storyboard.state.lease import Holder
from storyboard.state.local import LocalStore
from storyboard.state.store import Store


def open_store(environment: Environment, operation: str = "") -> Store:
    """Return the store of an environment; the lock tells others the `operation`."""
    if environment.shared is None:
        return open_file(environment)
    # A state in a file needs none of what runs git, and most states are files.
    from storyboard.state.git_blobs import GIT_TTL_SECONDS, GitBlobs
    from storyboard.state.git_program import GitProgram
    from storyboard.state.lease_lock import LeaseLock
    from storyboard.state.shared import SharedStore
    from storyboard.state.spool import Spool

    holder = holder_of(environment.variables, operation)
    top = repository_top(environment.root)
    if top is None:
        raise StateError(
            f"the state of environment '{environment.name}' is kept by git, and the project is "
            "not in a git repository",
            hint=f"run this in a clone that has the remote '{environment.shared.remote}'",
        )
    git = GitProgram(top, environment.variables)
    about = ", ".join(filter(None, (f"{operation} {environment.name}".strip(), holder.ci_url)))
    blobs = GitBlobs(git, environment.shared, about=about)
    spool = Spool(environment.state_path, environment.root)
    return SharedStore(blobs, LeaseLock(blobs, holder, ttl=GIT_TTL_SECONDS), spool)


def open_file(environment: Environment) -> LocalStore:
    """Return the file that keeps a state; raises `UsageError` where several machines share it."""
    place = environment.shared
    if place is not None:
        raise UsageError(
            f"the state of environment '{environment.name}' is not a file: it is '{place}'",
            hint=f"list earlier ones: git fetch {word(place.remote)} {word(place.ref)} && git log "
            "FETCH_HEAD; go back: git show FETCH_HEAD~1:state.json > FILE && "
            "storyboard state push FILE --force",
        )
    return LocalStore(
        environment.state_path,
        inside=environment.root,
        is_private=environment.is_private,
        is_cache=environment.by_name,
    )


def no_state(environment: Environment) -> UsageError:
    """Return that there is no state, with what to do: nothing, where names are keys."""
    return UsageError(
        f"environment '{environment.name}' has no state yet",
        hint=_NEEDS_NONE
        if environment.by_name
        else "storyboard apply makes one; if it was lost: storyboard state rebuild",
    )


def no_copy(environment: Environment, what: str) -> UsageError:
    """Return that there is no copy of a state, with what to do instead."""
    path = environment.state_path
    return UsageError(
        f"there is no {what} '{path}'",
        hint=_NEEDS_NONE
        if environment.by_name
        else f"if git has an older one: git checkout -- {word(path)}; else delete the file, and "
        "take in the studio's videos: `storyboard state rebuild`",
    )


_NEEDS_NONE: Final = "videos are found by name here, and no state is needed: storyboard apply"


def holder_of(variables: Mapping[str, str], operation: str) -> Holder:
    """Return who runs this: by the variables of GitHub, GitLab and Jenkins, else by the machine."""
    import platform

    run = variables.get("GITHUB_RUN_ID")
    github = "/".join(
        (
            variables.get("GITHUB_SERVER_URL", ""),
            variables.get("GITHUB_REPOSITORY", ""),
            f"actions/runs/{run}",
        )
    )
    others = (variables.get(name) for name in ("CI_JOB_URL", "BUILD_URL"))
    people = (variables.get(name) for name in ("GITHUB_ACTOR", "GITLAB_USER_LOGIN"))
    shas = (variables.get(name) for name in ("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT"))
    return Holder(
        who=next(filter(None, people), None) or _user(),
        host=platform.node(),
        ci_url=github if run else next(filter(None, others), ""),
        git_sha=next(filter(None, shas), ""),
        operation=operation,
    )


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
