"""Keeps blobs as commits on refs of a git remote: each has one file. Touches no tree and no index.

A write is a push that the remote takes only if its ref is still the expected one. The state's
commits follow each other, so its history is `git log`; those of the lease have no parent, so that
renewing it piles nothing up.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

from storyboard.errors import StateError
from storyboard.shell import word
from storyboard.state.blobs import CALL_SECONDS, STATE, Blob, Moved
from storyboard.state.git_place import GitPlace
from storyboard.state.git_program import GitProgram, Said
from storyboard.state.local_names import MAX_STATE_BYTES

GIT_TTL_SECONDS: Final = 120.0
"""How long a lease in git is good: renewed by a push every 40 s, which may take ten of them."""

_AUTHOR: Final = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "storyboard"), ("EMAIL", "storyboard@localhost"))
}
"""Who commits where git does not know: runners have no identity."""

_NO_REF: Final = 2
"""How `ls-remote --exit-code` ends where there is no such ref."""

_STEP_SECONDS: Final = 10.0
"""For what asks nobody: an object that is written or read here."""


class GitBlobs:
    """Blobs of a remote. Every call asks the remote; objects come along only where they are new."""

    def __init__(
        self,
        git: GitProgram,
        place: GitPlace,
        *,
        about: str = "",
        seconds: float = CALL_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.where = str(place)
        self._git = git
        self._place = place
        self._about = about
        self._seconds = seconds
        self._clock = clock
        self._author: Mapping[str, str] | None = None
        self._is_known = False
        self._fetching = threading.Lock()

    def get(self, name: str) -> Blob | None:
        """Return the blob of a ref as the remote has it now; raises `StateError`."""
        until = self._clock() + self._seconds
        commit = self._remote_commit(name, until)
        if commit is None:
            return None
        with self._fetching:  # two at once would both write which commits are the last ones here
            if not self._has(commit, name):
                commit = self._fetch(name, until)
        return Blob(self._content(commit, name), commit)

    def probe(self) -> None:
        """Ask whether this login may push at all; a server's hooks are not asked."""
        # A commit that nothing refers to: it goes with git's next clean-up, and nothing was
        # pushed.
        commit = self._commit("probe", b"", None)
        said = self._git.run(
            "push",
            "--dry-run",
            "--no-verify",
            self._known_remote(),
            f"{commit}:{self._ref('probe')}",
            seconds=self._seconds,
        )
        if said.code != 0:
            raise StateError(
                f"nothing can be pushed to the remote '{self._place.remote}': {said.reason}",
                hint="give this login the right to push",
            )

    def put(self, name: str, content: bytes, expected: str | None) -> str:
        """Push a commit with the content; raises `Moved` and `StateError`."""
        until = self._clock() + self._seconds
        commit = self._commit(name, content, expected)
        ref = self._ref(name)
        said = self._git.run(
            "push",
            "--porcelain",
            "--no-verify",
            f"--force-with-lease={ref}:{expected or ''}",
            self._known_remote(),
            f"{commit}:{ref}",
            seconds=self._left(until),
        )
        if said.code != 0:
            self._look_after(said, name, commit, expected)
        self._git.run("update-ref", self._seen(name), commit, seconds=_STEP_SECONDS)
        return commit

    def _look_after(self, said: Said, name: str, commit: str, expected: str | None) -> None:
        """Find out what a push that failed left: ours, what was there before, or another's."""
        now = self._remote_commit(name, self._clock() + self._seconds)
        if now == commit:
            return
        if now != expected:
            raise Moved
        raise StateError(
            f"the remote '{self._place.remote}' does not take '{self._ref(name)}': "
            f"{_refusal(said) or said.reason}",
            hint="give this login the right to push it; or, if the server takes branches only, set "
            "`state: {git: {ref: refs/heads/storyboard-state}}`",
        )

    def _remote_commit(self, name: str, until: float) -> str | None:
        """Ask the remote what its ref is."""
        ref = self._ref(name)
        said = self._git.run(
            "ls-remote", "--exit-code", self._known_remote(), ref, seconds=self._left(until)
        )
        if said.code == _NO_REF:
            return None
        lines = [line.split("\t") for line in said.text.splitlines()]
        found = [words[0] for words in lines if words[1:] == [ref]]
        if said.code != 0 or not found:
            raise self._unreachable(said)
        return found[0]

    def _fetch(self, name: str, until: float) -> str:
        """Bring a ref here under a name of ours; all of it only where the clone has all, too."""
        seen = self._seen(name)
        said = self._git.run(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            # A submodule's address is in a file of the project: nothing of it may be asked for
            # here.
            "--no-recurse-submodules",
            *(("--depth=1",) if self._is_shallow() else ()),
            self._known_remote(),
            f"+{self._ref(name)}:{seen}",
            seconds=self._left(until),
        )
        if said.code != 0:
            raise self._unreachable(said)
        return self._git.run("rev-parse", "--verify", "--quiet", seen, seconds=_STEP_SECONDS).text

    def _content(self, commit: str, name: str) -> bytes:
        """Return the one file of a commit; raises `StateError` for one that is not ours."""
        path = f"{commit}:{_file(name)}"
        listed = self._git.run("ls-tree", "--name-only", commit, seconds=_STEP_SECONDS)
        size = self._git.run("cat-file", "-s", path, seconds=_STEP_SECONDS)
        if listed.text != _file(name) or size.code != 0 or not size.text.isdigit():
            raise StateError(
                f"'{self._ref(name)}' of '{self._place.remote}' holds something else than a state",
                hint="name a ref for the state alone; nothing was changed",
            )
        if int(size.text) > MAX_STATE_BYTES:
            raise StateError(f"the state '{self.where}' is larger than {MAX_STATE_BYTES >> 20} MB")
        said = self._git.run("cat-file", "blob", path, seconds=_STEP_SECONDS)
        if said.code != 0:
            raise StateError(f"the state '{self.where}' cannot be read: {said.reason}")
        return said.output

    def _commit(self, name: str, content: bytes, expected: str | None) -> str:
        """Write a commit, and return its id; each is another one, whatever it holds."""
        blob = self._made("hash-object", "-w", "--stdin", given=content)
        entry = f"100644 blob {blob}\t{_file(name)}\n".encode()
        tree = self._made("mktree", given=entry)
        # Many servers take on branches only what follows, whatever lease a push has.
        follows = name == STATE or self._place.ref.startswith("refs/heads/")
        parents = ("-p", expected) if expected and follows else ()
        # Without the random line, two writes of one content in one second would be one commit: a
        # run could not tell its own push from another's.
        message = f"{name}: {self._about or 'write'}\n\nWrite: {secrets.token_hex(8)}\n"
        if self._author is None:
            ident = self._git.run("var", "GIT_COMMITTER_IDENT", seconds=_STEP_SECONDS)
            self._author = _AUTHOR if ident.code else {}
        return self._made("commit-tree", tree, *parents, given=message.encode(), more=self._author)

    def _made(self, *words: str, given: bytes, more: Mapping[str, str] | None = None) -> str:
        said = self._git.run(*words, given=given, more=more, seconds=_STEP_SECONDS)
        if said.code != 0:
            raise self._no_repository(said)
        return said.text

    def _has(self, commit: str, name: str) -> bool:
        path = f"{commit}:{_file(name)}"
        return self._git.run("cat-file", "-e", path, seconds=_STEP_SECONDS).code == 0

    def _is_shallow(self) -> bool:
        told = self._git.run("rev-parse", "--is-shallow-repository", seconds=_STEP_SECONDS)
        return told.text == "true"

    def _known_remote(self) -> str:
        """Return the remote, if this clone has one of that name: else git takes it for a folder."""
        if self._is_known:
            return self._place.remote
        said = self._git.run("remote", seconds=_STEP_SECONDS)
        if said.code != 0:
            raise self._no_repository(said)
        if self._place.remote not in said.text.split():
            raise StateError(
                f"the repository has no remote '{self._place.remote}', which keeps the state",
                hint=f"add it: git remote add {word(self._place.remote)} URL",
            )
        self._is_known = True
        return self._place.remote

    def _no_repository(self, said: Said) -> StateError:
        return StateError(
            f"the state is kept by git, which says: {said.reason}",
            hint="run this in a clone of the project's repository",
        )

    def _unreachable(self, said: Said) -> StateError:
        return StateError(
            f"the remote '{self._place.remote}' cannot be read: {said.reason}",
            hint=f"try it yourself: git ls-remote {word(self._place.remote)} "
            f"{word(self._place.ref)}",
        )

    def _ref(self, name: str) -> str:
        """Return the ref of a blob: `@` is in no ref that a place can name."""
        return self._place.ref if name == STATE else f"{self._place.ref}@{name}"

    def _seen(self, name: str) -> str:
        """Return the ref of this clone that keeps what was fetched, so that it is fetched once."""
        kept = f"{self._place.remote}/{self._ref(name).removeprefix('refs/')}"
        return f"refs/storyboard-seen/{kept}"

    def _left(self, until: float) -> float:
        # Of a call whose first step took all the time, the last one gets a chance to tell what is
        # there.
        return max(1.0, until - self._clock())


def _file(name: str) -> str:
    return f"{name}.json"


def _refusal(said: Said) -> str:
    """Return what the remote says of a ref that it did not take."""
    for line in said.text.splitlines():
        flag, _, rest = line.partition("\t")
        if flag == "!" and "(" in rest:
            return rest.rpartition("(")[2].rstrip(")")
    return ""
