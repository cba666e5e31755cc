"""Writes files below a trusted folder, whole or not at all, through no link out of it.

Every module that writes comes here, so that what a stranger committed in the place of a folder or
of a temporary file never decides where our bytes go. Knows no content.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.parts import KILLED_SECONDS, discard_parts, new_part

_NEW_MODE: Final = 0o666
_OWNERS_FOLDER: Final = 0o700
_OWNERS_FILE: Final = 0o600
_OTHERS: Final = 0o077
_STATUS: Final = Path("/proc/self/status")
_LOCK: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_APPEND: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | os.O_APPEND
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_MAX_IGNORED: Final = 1 << 16


def write_whole(path: Path, content: bytes, *, inside: Path, mode: int | None = None) -> None:
    """Replace a file by a synced temporary one; raises `OSError`, and then nothing has changed.

    Readers see the old content or the new one. Missing folders are made. `mode` are the rights
    that it gets; else it keeps its own, and a new file has those of any file that this user makes.
    What killed runs left of it goes. Raises `FileRefused` where the folder leads out of `inside`.
    """
    with replacing(path, inside=inside, mode=mode) as part, part.open("r+b") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
    discard_parts(path.parent, of=path.name)


def try_folder(folder: Path) -> None:
    """Raise `OSError` where no file could be written in a folder, which may not be there yet.

    Nothing is left: of a missing folder, the first one above it that is there is tried.
    """
    there = next(each for each in (folder, *folder.absolute().parents) if os.path.lexists(each))
    with new_part(Path(os.path.realpath(there)), "trial"):
        pass


@contextmanager
def replacing(path: Path, *, inside: Path, mode: int | None = None) -> Iterator[Path]:
    """Give an empty file beside `path` to write to; it takes its place when the block ends well.

    Its name cannot be foreseen. A link in the place of `path` is replaced, not followed. Raises
    what `write_whole` raises.
    """
    folder = made_folder(path.parent, inside=inside)
    with new_part(folder, path.name) as part:
        yield part
        _take_rights(part, path, mode)
        part.replace(folder / path.name)


@contextmanager
def written_while(
    path: Path, content: bytes, *, inside: Path, mode: int | None = None
) -> Iterator[Path]:
    """Keep a file for as long as the block runs; raises what `write_whole` raises."""
    write_whole(path, content, inside=inside, mode=mode)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def discard_killed(
    folder: Path, *, inside: Path, now: float, of: Collection[str] | None = None
) -> None:
    """Remove the temporary files of ours that killed runs left in a folder; no run is disturbed.

    `now` is a unix time: where no lock can tell, what is a day old goes. In a folder that is not
    ours alone, `of` has the files that are: other programs have names like those of older versions.
    What cannot be removed stays, and so does all where the folder leads out of `inside`.
    """
    with suppress(OSError, FileRefused):
        if folder.is_dir():
            real = made_folder(folder, inside=inside)
            discard_parts(real, before=now - KILLED_SECONDS, older_of=of)


def made_folder(folder: Path, *, inside: Path, mode: int = 0o777) -> Path:
    """Return the real path of a folder, made where it is missing, with all above it.

    `mode` are the rights of the last one, if it is new. Raises `FileRefused` where it leads out of
    `inside`, and `OSError`. The trusted folder itself is made too: who runs the command named it.
    """
    inside.mkdir(parents=True, exist_ok=True, mode=mode if inside == folder else 0o777)
    base = Path(os.path.realpath(inside))
    real = Path(os.path.realpath(folder))
    if not real.is_relative_to(base):
        raise FileRefused(
            f"'{folder}' leads out of '{inside}' through a link: nothing was written",
            hint="replace the link by a folder",
        )
    made = base
    for part in real.relative_to(base).parts:
        made = made / part
        with suppress(FileExistsError):
            made.mkdir(mode=mode if made == real else 0o777)
        if not stat.S_ISDIR(made.lstat().st_mode):
            raise NotADirectoryError(20, "not a directory", str(made))
    return real


def private_folder(folder: Path, *, inside: Path) -> Path:
    """Return the real path of a folder that its owner alone enters; raises as `made_folder`.

    One that an earlier version made for all to read is narrowed.
    """
    real = made_folder(folder, inside=inside, mode=_OWNERS_FOLDER)
    _narrow(real)
    return real


def private_file(path: Path) -> None:
    """Make a file that its owner alone reads, or narrow the one that is there; raises `OSError`.

    It is for what another library opens: a file that it makes itself has the rights of any other.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNERS_FILE))
    _narrow(path)


def ignore_in_git(folder: Path, *, inside: Path, pattern: str = "*") -> None:
    """Have git leave a folder's files alone, whose `.gitignore` is ours or missing, if it can be.

    What is secret, or of this machine alone, would be committed by `git add -A` else. A file that
    holds anything else is somebody's choice, and stays.
    """
    path = folder / ".gitignore"
    with suppress(OSError, FileRefused, UnicodeDecodeError):
        lines = [] if pattern == "*" else [f"/{path.name}"]
        if os.path.lexists(path):
            lines = read_inside(path, inside, _MAX_IGNORED).decode().splitlines()
            if pattern in lines or lines[:1] != [f"/{path.name}"]:
                return
        write_whole(
            path, "".join(f"{line}\n" for line in [*lines, pattern]).encode(), inside=inside
        )


def open_lock(path: Path, *, inside: Path) -> int:
    """Open or make a file to lock, which holds nothing worth keeping; raises as `write_whole`.

    A link or anything else in its place is refused: the file is cut when it is locked.
    """
    folder = made_folder(path.parent, inside=inside)
    try:
        descriptor = os.open(folder / path.name, _LOCK, _OWNERS_FILE)
    except OSError as problem:
        if problem.errno == errno.ELOOP:
            raise FileRefused(f"'{path}' is a link", hint="delete it") from problem
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileRefused(f"'{path}' is not a regular file", hint="delete it")
    return descriptor


def open_new(path: Path, *, inside: Path) -> int:
    """Make a file that only its owner reads, in the place of whatever is there, to be appended to.

    Raises as `write_whole`. A link in its place is removed, not followed.
    """
    folder = made_folder(path.parent, inside=inside)
    place = folder / path.name
    place.unlink(missing_ok=True)
    descriptor = os.open(place, _APPEND, _OWNERS_FILE)
    sync_folder(folder)
    return descriptor


def append_whole(descriptor: int, content: bytes) -> None:
    """Append to a file that `open_new` made, and sync it; raises `OSError`, and then cuts it back.

    So that what follows a failure, such as a full disk, does not stand behind half of a piece.
    """
    size = os.fstat(descriptor).st_size
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
        if not os.fstat(descriptor).st_nlink:
            raise FileNotFoundError(errno.ENOENT, "it was deleted")
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def remove_opened(descriptor: int, path: Path) -> None:
    """Remove an open file, unless another has its place by now; what cannot be removed stays."""
    with suppress(OSError):
        if os.path.samestat(os.fstat(descriptor), path.lstat()):
            path.unlink()


def _narrow(path: Path) -> None:
    """Take from others what they may do with a file or folder, where the system has such rights."""
    rights = stat.S_IMODE(path.stat(follow_symlinks=False).st_mode)
    if os.name == "posix" and rights & _OTHERS and not path.is_symlink():
        path.chmod(rights & ~_OTHERS)


def _take_rights(part: Path, path: Path, mode: int | None) -> None:
    if mode is not None:
        part.chmod(mode)
    elif path.is_file() and not path.is_symlink():
        shutil.copymode(path, part)
    else:
        part.chmod(_NEW_MODE & ~umask())


def sync_folder(folder: Path) -> None:
    """Make a rename last, where the system can open and sync folders."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def umask() -> int:
    """Return the process's mask, as Linux tells it.

    Elsewhere it can only be read by setting it, and two threads that do so at once may leave it
    set.
    """
    with suppress(OSError):
        for line in _STATUS.read_text("ascii", "replace").splitlines():
            if line.startswith("Umask:"):
                return int(line.removeprefix("Umask:"), 8)
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
