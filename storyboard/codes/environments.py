"""What is refused of a project's environments: where secrets and files would go."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "environment-built-in",
        Severity.ERROR,
        "a project sets another studio or account for `local` or `kaltura`",
        "`-e local`, which is the default, has to mean the local studio in every project, and "
        "`-e kaltura` what the environment variables say: otherwise a pull request could send a "
        "plan somewhere else. `vars`, `entries`, `state`, `download` and `notes` may be set. For "
        "another studio or account, define an environment of your own and choose it with `-e "
        "NAME`. To keep what was applied with `-e kaltura`, set its `state` to "
        "`.storyboard/state/kaltura.json`.",
        bad="""\
environments:
  kaltura: {region: irp2}
""",
        good="""\
environments:
  production: {region: irp2}
""",
    ),
    Code(
        "environment-not-served",
        Severity.ERROR,
        "an environment with `studio: local` sets an address or an account",
        "`studio: local` is the studio of this project, which runs inside of each command: it has "
        "no address, and one user. A local studio that is served for a team is reached as Kaltura "
        "is: write `studio: kaltura`, and set the variables that its operator gives you. Commands "
        "know by its answers that it is a local one.",
        bad="""\
environments:
  team: {studio: local, avatarUrl: "https://studio.example.com/api/v1"}
""",
        good="""\
environments:
  team: {studio: kaltura, notes: the studio of our team}
""",
    ),
    Code(
        "variable-refused",
        Severity.ERROR,
        "a project names an environment variable that it may not read",
        "The value of the variable is sent to a studio, and a pull request could name any secret "
        "of your pipeline. A file names variables that start with `KALTURA_`. If you need others, "
        "list them in `STORYBOARD_ALLOW_VARIABLES`, where you run storyboard.",
        bad="""\
environments:
  production: {region: irp2, ksEnv: PROD_KS}
""",
        good="""\
environments:
  production: {region: irp2, ksEnv: KALTURA_PROD_KS}
""",
    ),
    Code(
        "address-refused",
        Severity.ERROR,
        "the address of a studio is not usable",
        "Your credentials are sent there. So it has to be an `https:` address, or an `http:` one "
        "of this machine, without a user, a password, a query or a fragment, and in ASCII letters. "
        "The report does not show it, since it may hold a password.",
        bad="""\
environments:
  production: {avatarUrl: "http://video-avatar.irp2.ovp.kaltura.com/api/v1"}
""",
        good="""\
environments:
  production: {avatarUrl: "https://video-avatar.irp2.ovp.kaltura.com/api/v1"}
""",
    ),
    Code(
        "host-refused",
        Severity.ERROR,
        "a project would send your credentials to a host that you did not allow",
        "A file may name Kaltura's own hosts, those of `KALTURA_VOD_AVATAR_URL` and "
        "`KALTURA_SERVICE_URL`, and those that `STORYBOARD_ALLOW_HOSTS` lists as `host` or "
        "`host:port`. A host is checked in the environment that the command uses. Set the "
        "variables where you run storyboard: a pull request cannot change them there.",
        bad="""\
environments:
  production: {avatarUrl: "https://avatar.corp.example/api/v1"}
""",
        good="""\
environments:
  production: {avatarUrl: "https://video-avatar.irp2.ovp.kaltura.com/api/v1"}
""",
    ),
    Code(
        "output-refused",
        Severity.ERROR,
        "a state or a folder of films is in a place that a project may not choose",
        "The state is a file that ends in `.json`, and films go to a folder; both are below the "
        "project's folder, outside of `.git` and of the local studio's own data. The state can "
        "also be `git`: a ref of a remote that the clone has, below `refs/storyboard/` or "
        "`refs/heads/`; a prefix in a bucket, as `s3://BUCKET/PREFIX`, `gs://…` or `az://…`; or "
        "the address of a state on a server, as `https://…`, without a login or a query.",
        bad="""\
environments:
  production: {region: irp2, state: ../production.json}
""",
        good="""\
environments:
  production: {region: irp2, state: state/production.json}
""",
    ),
    Code(
        "output-shared",
        Severity.ERROR,
        "two environments write to one place",
        "One address is another video in another environment. So each environment has a state and "
        "a folder of films of its own, and no state is in a folder of films.",
        bad="""\
environments:
  staging: {region: irp2, state: state/videos.json}
  production: {region: irp2, state: state/videos.json}
""",
        good="""\
environments:
  staging: {region: irp2, state: state/staging.json}
  production: {region: irp2, state: state/production.json}
""",
    ),
    Code(
        "identity-refused",
        Severity.ERROR,
        "an environment cannot find its videos by name",
        "With `identity: name`, all videos of a user are the project's, and every run takes "
        "them for its own. So the environment names that user in `userId`, no other environment "
        "of the same account has the user, and the studio is not the one of this process, which "
        "has one user for all environments.",
        bad="""\
environments:
  production: {region: irp2, identity: name}
""",
        good="""\
environments:
  production: {region: irp2, identity: name, userId: videos@example.com}
""",
    ),
)
