"""Every environment variable that the product reads, once: name, meaning, and the project's key.

Reads none of them, and knows no value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable; `key` is the setting of a project's environment that says the same.

    The key of a secret holds a variable's name and not the secret, so that files hold none.
    """

    name: str
    meaning: str
    key: str = ""
    secret: bool = False


VARIABLES: Final[tuple[Variable, ...]] = (
    Variable("KALTURA_REGION", "Kaltura's region; it gives the address of the API", "region"),
    Variable(
        "KALTURA_VOD_AVATAR_URL",
        "address of the VOD Avatar API; wins over the region",
        "avatarUrl",
    ),
    Variable("KALTURA_SERVICE_URL", "address of the service that gives sessions", "serviceUrl"),
    Variable("KALTURA_PARTNER_ID", "number of the account", "partnerId"),
    Variable("KALTURA_USER_ID", "user who owns the videos", "userId"),
    Variable("KALTURA_KS", "a session (KS) that you started", "ksEnv", secret=True),
    Variable("KALTURA_ADMIN_SECRET", "admin secret of the account", "adminSecretEnv", secret=True),
    Variable("KALTURA_APP_TOKEN_ID", "id of an app token", "appTokenId"),
    Variable("KALTURA_APP_TOKEN", "the app token", "appTokenEnv", secret=True),
    Variable(
        "STORYBOARD_ALLOW_HOSTS",
        "more hosts that a project file may send your credentials to: `host` or `host:port`, with "
        "commas between",
    ),
    Variable(
        "STORYBOARD_ALLOW_VARIABLES",
        "more environment variables that a project file may name for a secret, with commas between",
    ),
    Variable(
        "STORYBOARD_MAX_GENERATE",
        "films that one apply may generate; of this and the project's `policy`, the stricter holds",
    ),
    Variable("STORYBOARD_MAX_MINUTES", "minutes of speech in those films, such as `2.5`"),
    Variable(
        "STORYBOARD_MAX_DELETE",
        "videos that one apply may delete: `5`, `20%` or `5 and 20%`; `10 and 30%` if not set",
    ),
    Variable("STORYBOARD_MAX_REPLACE", "videos that one apply may replace, written the same way"),
    Variable(
        "STORYBOARD_PROTECT",
        "addresses or patterns of videos that no apply deletes or replaces, with commas between",
    ),
    Variable("STORYBOARD_COMPOSER_URL", "endpoint that writes the scenes in the local studio"),
    Variable("STORYBOARD_COMPOSER_TOKEN", "bearer token for that endpoint", secret=True),
    Variable(
        "STORYBOARD_STUDIO_CONTROL",
        "control plane of the local studio that `storyboard studio …` commands use",
    ),
    Variable(
        "STORYBOARD_STUDIO_USER_GIB",
        "GiB of uploads and media that each user of the local studio may have; 32 if not set",
    ),
    Variable(
        "STORYBOARD_STUDIO_ALL_GIB",
        "GiB of uploads and media of all users of the local studio; 64 if not set",
    ),
    Variable(
        "STORYBOARD_STUDIO_FREE_GIB",
        "GiB of the disk that users of the local studio leave free; 0.5 if not set",
    ),
    Variable(
        "STORYBOARD_STUDIO_OPEN_UPLOADS",
        "uploads that each user of the local studio may have open; 100 if not set",
    ),
    Variable(
        "STORYBOARD_STUDIO_OBJECTS",
        "videos, avatars, entries and captions of uploads that each user of the local studio may "
        "have, of each kind; "
        "20,000 if not set",
    ),
    Variable("GITHUB_TOKEN", "token that `storyboard ci` writes to GitHub with", secret=True),
    Variable("GH_TOKEN", "the same, if GITHUB_TOKEN is not set", secret=True),
    Variable("GITHUB_REPOSITORY", "repository of a job of GitHub Actions, which sets it"),
    Variable("GITHUB_API_URL", "address of GitHub's API; a runner sets it"),
    Variable("GITHUB_EVENT_PATH", "file that tells a job its pull request; a runner sets it"),
    Variable("GITHUB_REF", "tells the same where that file does not; a runner sets it"),
    Variable("GITHUB_REF_NAME", "branch of a job; a runner sets it"),
    Variable("GITHUB_REF_TYPE", "tells a branch from a tag; a runner sets it"),
    Variable("GITLAB_TOKEN", "token that `storyboard ci` writes to GitLab with", secret=True),
    Variable("CI_PROJECT_ID", "project of a job of GitLab CI, which sets it"),
    Variable("CI_API_V4_URL", "address of GitLab's API; a runner sets it"),
    Variable("CI_MERGE_REQUEST_IID", "merge request of a job; a runner sets it"),
    Variable("CI_COMMIT_BRANCH", "branch of a job; a runner sets it"),
    Variable(
        "GITHUB_ACTOR", "who runs a job, told to whoever waits for its lock; a runner sets it"
    ),
    Variable("GITHUB_SERVER_URL", "part of a job's address, told to the same; a runner sets it"),
    Variable("GITHUB_RUN_ID", "part of a job's address, told to the same; a runner sets it"),
    Variable("GITHUB_SHA", "commit of a job, whose pull request is applied; a runner sets it"),
    Variable(
        "GITLAB_USER_LOGIN", "who runs a job, told to whoever waits for its lock; a runner sets it"
    ),
    Variable("CI_JOB_URL", "a job's address, told to the same; a runner sets it"),
    Variable("CI_COMMIT_SHA", "commit of a job, whose pull request is applied; a runner sets it"),
    Variable("NO_COLOR", "any value turns colors off"),
    Variable("TERM", "the value `dumb` turns colors and progress bars off"),
)

BY_KEY: Final = {variable.key: variable for variable in VARIABLES if variable.key}
"""The variables that a setting of the project's `environments` can stand for."""
