"""What a command is to work on: which project, which of its files and addresses, which settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storyboard.errors import UsageError
from storyboard.local_studio.opening import LOCAL
from storyboard.nearest import meant
from storyboard.source.file_names import PROJECT_FILE, YAML_SUFFIXES
from storyboard.source.file_spelling import other_spelling
from storyboard.state.patience import LockPatience


@dataclass(frozen=True, slots=True)
class Request:
    """What to work on: a project, some of its files or addresses, and the settings to use.

    `paths` and `scope` empty mean everything; `shell` is the process environment, which has
    secrets and is not shown. `operation` is what others are told while the state is held,
    `patience` how long to wait if they hold it. `film_timeout` is how long to wait for a film, in
    seconds.
    """

    root: Path
    paths: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    environment: str = LOCAL
    variables: Mapping[str, Any] = field(default_factory=dict)
    allow_stale: bool = False
    fallback: bool = False
    shell: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    operation: str = ""
    film_timeout: float | None = None
    patience: LockPatience = field(default_factory=LockPatience, compare=False)


def find_request(
    targets: Sequence[str] = (),
    directory: str | Path | None = None,
    *,
    environment: str = LOCAL,
    variables: Mapping[str, Any] | None = None,
    allow_stale: bool = False,
    fallback: bool = False,
) -> Request:
    """Find the project around files, or around this folder; split files from addresses.

    The project's own file stands for all of it: no storyboard is without its settings. Raises
    `UsageError` for a file that is not there, and for files of two projects.
    """
    files = [Path(target) for target in targets if target.endswith(YAML_SUFFIXES)]
    scope = tuple(target for target in targets if not target.endswith(YAML_SUFFIXES))
    base = Path(directory) if directory else Path()
    files = [_found(path, base) for path in files]
    if directory:
        root = base
    elif files:
        folder = files[0].parent.resolve()
        root = _project_around(folder) or folder
    else:
        root = _project_around(base.resolve()) or base
    paths = tuple(_relative(path, root) for path in files)
    if PROJECT_FILE in paths:
        paths = ()
    return Request(
        root,
        paths,
        scope,
        environment=environment,
        variables=variables or {},
        allow_stale=allow_stale,
        fallback=fallback,
    )


def _found(path: Path, base: Path) -> Path:
    """Return a file as it is named from here, from the project's folder, or from its root.

    Messages name files from the root, wherever in the project they are read.
    """
    root = _project_around(base.resolve())
    folders = [Path(), base] if root is None else [Path(), base, root]
    for folder in folders:
        if os.path.isfile(folder / path):  # noqa: PTH113 — pathlib raises for too long a name
            return folder / path
    where = "" if root is None else f", neither here nor in the project '{root}'"
    near = (other_spelling(folder, path.as_posix()) for folder in folders)
    hint = next((meant(str(path), found) for found in near if found is not None), None)
    raise UsageError(f"there is no file '{path}'{where}", hint=hint)


def _project_around(folder: Path) -> Path | None:
    return next(
        (place for place in (folder, *folder.parents) if (place / PROJECT_FILE).is_file()), None
    )


def _relative(path: Path, root: Path) -> str:
    try:
        return (path.parent.resolve() / path.name).relative_to(root.resolve()).as_posix()
    except ValueError as cause:
        raise UsageError(f"'{path}' is outside the project '{root}'") from cause
