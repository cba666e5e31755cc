"""Every environment variable that the product reads, once: name, meaning, and the project's key.

Reads none of them, and knows no value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable; `key` is the setting of a project's environment that says the same.

    The key of a secret holds a variable's name and not the secret, so that files hold none. With
    `begins_more`, names that begin with this one and `_` are variables too, as an operator likes.
    """

    name: str
    meaning: str
    key: str = ""
    secret: bool = False
    begins_more: bool = False

    def is_named(self, name: str) -> bool:
        """Whether a variable of this name is read as this one is."""
        return name == self.name or (self.begins_more and name.startswith(f"{self.name}_"))


VARIABLES: Final[tuple[Variable, ...]] = (
    Variable("KALTURA_REGION", "Kaltura's region; it gives the address of the API", "region"),
    Variable(
        "KALTURA_VOD_AVATAR_URL",
        "address of the VOD Avatar API; wins over the region",
        "avatarUrl",
    ),
    Variable(
        "KALTURA_AVATAR_CATALOG_URL",
        "address of the avatar catalog, which the profile `next` has beside the API",
        "catalogUrl",
    ),
    Variable("KALTURA_SERVICE_URL", "address of the service that gives sessions", "serviceUrl"),
    Variable("KALTURA_PARTNER_ID", "number of the account", "partnerId"),
    Variable("KALTURA_USER_ID", "user who owns the videos", "userId"),
    Variable("KALTURA_KS", "a session (KS) that you started", "ksEnv", secret=True),
    Variable("KALTURA_ADMIN_SECRET", "admin secret of the account", "adminSecretEnv", secret=True),
    Variable("KALTURA_APP_TOKEN_ID", "id of an app token", "appTokenId"),
    Variable("KALTURA_APP_TOKEN", "the app token", "appTokenEnv", secret=True),
    Variable(
        "STORYBOARD_PROFILE",
        "generation of the API that the studio speaks, and that `check` judges by: `guide`, "
        "`later` or `next`",
        "profile",
    ),
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
    Variable(
        "STORYBOARD_DATABASE",
        "PostgreSQL database that keeps the rows of the local studio: "
        "`postgresql://USER@HOST/DATABASE`; if not set, a file of its workspace",
        secret=True,
    ),
    Variable(
        "STORYBOARD_FILES",
        "bucket or shared folder that keeps the files of the local studio: `s3://BUCKET/PREFIX`, "
        "`gs://…`, `az://…` or `file:///PATH`; if not set, a folder of its workspace",
    ),
    Variable(
        "STORYBOARD_SIGNED_FILES",
        "`1` lets players and `apply` fetch films from that bucket, by addresses that are signed "
        "for a while",
    ),
    Variable("STORYBOARD_COMPOSER_URL", "endpoint that writes the scenes in the local studio"),
    Variable("STORYBOARD_COMPOSER_TOKEN", "bearer token for that endpoint", secret=True),
    Variable("STORYBOARD_VOICES", "folder of voices that the local studio speaks with first"),
    Variable(
        "STORYBOARD_VOICE_HOSTS",
        "hosts that voices of this folder may send narrations to: `host` or `host:port`, with "
        "commas between",
    ),
    Variable(
        "STORYBOARD_VOICE_KEY",
        "key of such a voice; more of them have names that begin with `STORYBOARD_VOICE_KEY_`",
        secret=True,
        begins_more=True,
    ),
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
        "STORYBOARD_STUDIO_CACHE_GIB",
        "GiB that films and compositions of the local studio leave on its disk to be quick; 8 if "
        "not set",
    ),
    Variable(
        "STORYBOARD_STUDIO_METRICS_TOKEN",
        "bearer token that a collector reads `/metrics` of the local studio with",
        secret=True,
    ),
    Variable(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "address of a collector of traces, for `apply` and the local studio; nothing is traced if "
        "not set",
    ),
    Variable(
        "OTEL_EXPORTER_OTLP_TIMEOUT",
        "seconds in which a collector has to answer; 3 if not set",
    ),
    Variable(
        "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
        "the same for traces, and wins over it",
    ),
    Variable("OTEL_SDK_DISABLED", "`true` has nothing traced, whatever the address is"),
    Variable("OTEL_SERVICE_NAME", "what traces call the command, if not by its own name"),
    Variable("TRACEPARENT", "span of OpenTelemetry that `apply` is part of"),
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
    Variable(
        "STORYBOARD_STUDIO_OPEN_JOBS",
        "films and compositions that each user of the local studio may have waiting or in work; "
        "20,000 if not set",
    ),
    Variable(
        "STORYBOARD_STATE_USERNAME", "user of a server that keeps a state: `state: https://…`"
    ),
    Variable(
        "STORYBOARD_STATE_PASSWORD",
        "password of that user; without a user, a token that is sent as a bearer",
        secret=True,
    ),
    Variable("AWS_ACCESS_KEY_ID", "key that signs for a bucket: `state: s3://…`"),
    Variable("AWS_SECRET_ACCESS_KEY", "secret of that key", secret=True),
    Variable("AWS_SESSION_TOKEN", "token of a session that the key is of", secret=True),
    Variable("AWS_REGION", "region of the bucket; `us-east-1` if not set"),
    Variable("AWS_DEFAULT_REGION", "the same, if AWS_REGION is not set"),
    Variable(
        "AWS_ENDPOINT_URL_S3",
        "address of another store that speaks S3; plain `http:` works on your own machine only",
    ),
    Variable("AWS_ENDPOINT_URL", "the same, if AWS_ENDPOINT_URL_S3 is not set"),
    Variable("AWS_ENDPOINT", "the same, if neither is set"),
    Variable(
        "GOOGLE_APPLICATION_CREDENTIALS",
        "file of a login for a bucket of Google Cloud: `state: gs://…`",
    ),
    Variable("GOOGLE_SERVICE_ACCOUNT", "file of a service account, likewise"),
    Variable("GOOGLE_SERVICE_ACCOUNT_KEY", "JSON of a service account, likewise", secret=True),
    Variable("GOOGLE_BEARER_TOKEN", "token for such a bucket", secret=True),
    Variable("GOOGLE_SKIP_SIGNATURE", "`true` for a store that wants no login"),
    Variable("GOOGLE_BASE_URL", "address of another store that speaks as Google's does"),
    Variable(
        "AZURE_STORAGE_ACCOUNT_NAME", "storage account of a container in Azure: `state: az://…`"
    ),
    Variable("AZURE_STORAGE_ACCOUNT_KEY", "key of that account", secret=True),
    Variable("AZURE_STORAGE_SAS_TOKEN", "shared access signature, likewise", secret=True),
    Variable("AZURE_STORAGE_TOKEN", "bearer token, likewise", secret=True),
    Variable("AZURE_CLIENT_ID", "application that logs in to Azure"),
    Variable("AZURE_CLIENT_SECRET", "secret of that application", secret=True),
    Variable("AZURE_TENANT_ID", "tenant of that application"),
    Variable("AZURE_FEDERATED_TOKEN_FILE", "file of a token that a pipeline logs in with"),
    Variable("AZURE_STORAGE_ENDPOINT", "address of another store that speaks as Azure's does"),
    Variable("AZURE_ENDPOINT", "the same, if AZURE_STORAGE_ENDPOINT is not set"),
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
