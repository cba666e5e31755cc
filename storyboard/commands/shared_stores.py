"""Opens the store of a state that several machines share, wherever it is, and says who opens it."""

from __future__ import annotations

from collections.abc import Mapping

from storyboard.allowances import Allowances
from storyboard.commands.environment import Environment
from storyboard.commands.repository import repository_top
from storyboard.commands.state_places import SharedPlace, refused_host
from storyboard.errors import StateAccessError, StateError
from storyboard.state.blobs import Blobs
from storyboard.state.bucket_place import BucketPlace
from storyboard.state.git_place import GitPlace
from storyboard.state.lease import TTL_SECONDS, Holder
from storyboard.state.lease_lock import LeaseLock
from storyboard.state.server_place import ServerPlace
from storyboard.state.shared import SharedStore
from storyboard.state.shared_lock import Lock
from storyboard.state.spool import Spool


def open_shared(environment: Environment, place: SharedPlace, operation: str) -> SharedStore:
    """Return the store of an environment's place; the lock tells others the `operation`."""
    holder = holder_of(environment.variables, operation)
    match place:
        case GitPlace():
            blobs, lock = _in_git(environment, place, holder)
        case BucketPlace():
            blobs, lock = in_bucket(place, environment.variables, holder)
        case ServerPlace():
            blobs, lock = on_server(place, environment.variables, holder)
    return SharedStore(blobs, lock, Spool(environment.state_path, environment.root))


def _in_git(environment: Environment, place: GitPlace, holder: Holder) -> tuple[Blobs, Lock]:
    from storyboard.state.git_blobs import GIT_TTL_SECONDS, GitBlobs
    from storyboard.state.git_program import GitProgram

    top = repository_top(environment.root)
    if top is None:
        raise StateError(
            f"the state of environment '{environment.name}' is kept by git, and the project is "
            "not in a git repository",
            hint=f"run this in a clone that has the remote '{place.remote}'",
        )
    told = f"{holder.operation} {environment.name}".strip()
    about = ", ".join(filter(None, (told, holder.ci_url)))
    blobs = GitBlobs(GitProgram(top, environment.variables), place, about=about)
    return blobs, LeaseLock(blobs, holder, ttl=GIT_TTL_SECONDS)


def in_bucket(
    place: BucketPlace, variables: Mapping[str, str], holder: Holder, *, ttl: float = TTL_SECONDS
) -> tuple[Blobs, Lock]:
    """Return a state's blobs in a bucket, and the lease beside it; raises `MissingExtraError`."""
    from storyboard.state.bucket_blobs import BucketBlobs
    from storyboard.state.bucket_client import BucketClient

    blobs = BucketBlobs(BucketClient(place, variables), place)
    return blobs, LeaseLock(blobs, holder, ttl=ttl)


def on_server(
    place: ServerPlace, variables: Mapping[str, str], holder: Holder
) -> tuple[Blobs, Lock]:
    """Return a server's state, and its lock; raises `StateAccessError` for a foreign host."""
    from storyboard.state.server_blobs import ServerBlobs
    from storyboard.state.server_lock import ServerLock
    from storyboard.state.state_server import Login, StateServer

    if not Allowances.of(variables).state_host(place.origin):
        said, hint = refused_host(place)
        raise StateAccessError(said, hint=hint)
    server = StateServer(place, Login.of(variables))
    lock = ServerLock(server, holder)
    return ServerBlobs(server, lock), lock


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
