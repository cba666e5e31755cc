"""Which repository, commit and pull request a job of CI is about, as the runner's variables tell.

The names are those that GitHub Actions and GitLab CI document. They are the operator's: no file of
the repository chooses one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from storyboard.errors import CredentialsError, UsageError
from storyboard.kaltura.secrets import Secret, is_sendable
from storyboard.origins import AddressFault, usable_base
from storyboard.strict_json import NotJson, parse_json
from storyboard.whole_numbers import whole_number

GITHUB, GITLAB = "GitHub", "GitLab"
FORGES: Final = (GITHUB.lower(), GITLAB.lower())
_GITHUB_API: Final = "https://api.github.com"
_TOKENS: Final = {GITHUB: ("GITHUB_TOKEN", "GH_TOKEN"), GITLAB: ("GITLAB_TOKEN",)}
_APIS: Final = {GITHUB: "GITHUB_API_URL", GITLAB: "CI_API_V4_URL"}
_PROJECTS: Final = {GITHUB: "GITHUB_REPOSITORY", GITLAB: "CI_PROJECT_ID"}
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}")
_COMMITS: Final = {
    GITHUB: ("GITHUB_SHA", "GITHUB_REF_NAME"),
    GITLAB: ("CI_COMMIT_SHA", "CI_COMMIT_BRANCH"),
}
_SHA: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT: Final = 8
_MOST_EVENT: Final = 4 << 20
"""An event has the text of its pull request, and some dozen objects; GitHub cuts the text at 64
KB."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: on which forge, by which API, and whose token."""

    forge: str
    api: str
    project: str
    token: Secret


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, and the branch that it was pushed to; empty if the job is of no branch."""

    sha: str
    branch: str

    @property
    def short(self) -> str:
        """The commit as people write it."""
        return self.sha[:_SHORT]


def find_repository(variables: Mapping[str, str], forge: str | None = None) -> Repository:
    """Read the runner's variables; `forge` wins over them.

    Raises `UsageError` where they name no repository, and `CredentialsError` without a token.
    """
    kind = _forge(variables, forge)
    api = variables.get(_APIS[kind], "") or (_GITHUB_API if kind == GITHUB else "")
    project = variables.get(_PROJECTS[kind], "")
    if not api or not project:
        missing = _APIS[kind] if not api else _PROJECTS[kind]
        raise UsageError(f"{missing} is not set", hint=f"run this in a job of {kind}, or set it")
    try:
        usable_base(api)
    except AddressFault as fault:
        raise UsageError(f"{_APIS[kind]} {fault.message}", hint=fault.hint) from fault
    if kind == GITHUB and not _REPOSITORY.fullmatch(project):
        raise UsageError(
            f"invalid {_PROJECTS[kind]} '{project}': expected OWNER/NAME",
            hint="set it to the repository, or unset it where no forge is meant",
        )
    return Repository(kind, api.rstrip("/"), project, _token(kind, variables))


def find_number(repository: Repository, variables: Mapping[str, str]) -> int:
    """Return the pull request that a job was started for; raises `UsageError` if there is none."""
    found = _number(repository, variables)
    if found is None:
        raise UsageError(
            "this job is about no pull request",
            hint="run it in a pipeline of pull requests, or name one: --number N",
        )
    return found


def find_merged(repository: Repository, variables: Mapping[str, str]) -> int | None:
    """Return the pull request whose merge started a job; None for a job of a branch.

    Raises `UsageError` for one that is open: whoever can push to it would have it applied. So would
    whoever can push to some branch that it was merged into: only the default branch counts.
    """
    number = _number(repository, variables)
    if number is None:
        return None
    base = _merged_into(repository, variables)
    if base is None:
        raise UsageError(
            f"this job is about pull request {number}, which is not merged",
            hint=f"run it in a pipeline of the main branch, or name it: --number {number}",
        )
    main = _default_branch(variables)
    if base != main or not base:
        raise UsageError(
            f"pull request {number} was merged into '{base}', and not into '{main}', the default "
            "branch",
            hint=f"run it for merges into the default branch, or name it: --number {number}",
        )
    return number


def find_commit(repository: Repository, variables: Mapping[str, str]) -> Commit:
    """Return the commit that a job was started for; raises `UsageError`."""
    name, branch = _COMMITS[repository.forge]
    sha = variables.get(name, "")
    if not _SHA.fullmatch(sha):
        told = f"invalid {name} '{sha}'" if sha else f"{name} is not set"
        raise UsageError(told, hint="name the pull request: --number N")
    is_tag = repository.forge == GITHUB and variables.get("GITHUB_REF_TYPE") == "tag"
    return Commit(sha, "" if is_tag else variables.get(branch, ""))


def _forge(variables: Mapping[str, str], forge: str | None) -> str:
    for kind in (GITHUB, GITLAB):
        if forge == kind.lower() or (forge is None and variables.get(_PROJECTS[kind])):
            return kind
    raise UsageError(
        "no forge is known: neither GITHUB_REPOSITORY nor CI_PROJECT_ID is set",
        hint="run this in a job of GitHub Actions or GitLab CI, or set these variables",
    )


def _token(kind: str, variables: Mapping[str, str]) -> Secret:
    for name in _TOKENS[kind]:
        token = variables.get(name, "").strip()
        if token and not is_sendable(token):
            raise CredentialsError(
                f"invalid {name}: a token has no spaces, and letters of ASCII only"
            )
        if token:
            return Secret(token)
    hint = {
        GITHUB: "env: {GITHUB_TOKEN: ${{ github.token }}}",
        GITLAB: "store a project access token as the masked variable GITLAB_TOKEN",
    }
    raise CredentialsError(f"{_TOKENS[kind][0]} is not set", hint=hint[kind])


def _number(repository: Repository, variables: Mapping[str, str]) -> int | None:
    return (_pull_request if repository.forge == GITHUB else _merge_request)(variables)


def _merged_into(repository: Repository, variables: Mapping[str, str]) -> str | None:
    """Return the branch that the event's pull request was merged into; None if it is not merged.

    GitLab has no such event: a pipeline of a merge request is one that is open.
    """
    if repository.forge != GITHUB:
        return None
    match _event(variables.get("GITHUB_EVENT_PATH", "")).get("pull_request"):
        case {"merged": True, "base": {"ref": str(branch)}}:
            return branch
        case {"merged": True}:
            return ""
    return None


def _default_branch(variables: Mapping[str, str]) -> str:
    """Return the default branch of the event's repository; empty if it is not told."""
    match _event(variables.get("GITHUB_EVENT_PATH", "")).get("repository"):
        case {"default_branch": str(branch)}:
            return branch
    return ""


def _pull_request(variables: Mapping[str, str]) -> int | None:
    event = _event(variables.get("GITHUB_EVENT_PATH", ""))
    for key in ("pull_request", "issue"):
        told = event.get(key)
        if isinstance(told, dict) and isinstance(told.get("number"), int):
            return int(told["number"])
    found = re.fullmatch(r"refs/pull/([0-9]{1,9})/\w+", variables.get("GITHUB_REF", ""))
    return int(found[1]) if found else None


def _event(path: str) -> Mapping[str, Any]:
    """Return what the runner wrote of the event; nothing where it is not to be read."""
    try:
        with Path(path).open("rb") as file:
            event = parse_json(file.read(_MOST_EVENT))
    except (OSError, NotJson):
        return {}
    return event if isinstance(event, dict) else {}


def _merge_request(variables: Mapping[str, str]) -> int | None:
    return whole_number(variables.get("CI_MERGE_REQUEST_IID", ""))
