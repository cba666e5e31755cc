"""States on a ref of a git remote: real repositories, real pushes, and what can be in the way."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from storyboard.commands.environment import resolve_environment
from storyboard.commands.stores import open_store
from storyboard.errors import StateError
from storyboard.state import git_program
from storyboard.state.blobs import Moved
from storyboard.state.git_blobs import GitBlobs
from storyboard.state.git_place import GitPlace
from storyboard.state.git_program import GitProgram
from tests.support.passing_time import eventually
from tests.support.state_places import PLACES, RUNNER, git, new_clone

REF = "refs/storyboard/production"


@pytest.fixture
def server(tmp_path: Path) -> Path:
    PLACES["git"].prepare(tmp_path)
    return tmp_path / "server.git"


def blobs_in(clone: Path, ref: str = REF, **settings: object) -> GitBlobs:
    git_there = GitProgram(clone, RUNNER)
    return GitBlobs(git_there, GitPlace("origin", ref), **settings)  # type: ignore[arg-type]


def hook(server: Path, name: str, script: str) -> None:
    path = server / "hooks" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("depth", [(), ("--depth=1",)])
def test_a_clone_reads_what_another_wrote(tmp_path: Path, server: Path, depth: tuple[str]) -> None:
    one, two = blobs_in(new_clone(tmp_path)), blobs_in(new_clone(tmp_path, *depth))
    assert two.get("state") is None
    first = one.put("state", b"1\n", None)
    second = one.put("state", b"2\n", first)
    found = two.get("state")
    assert found is not None
    assert (found.content, found.tag) == (b"2\n", second)
    third = two.put("state", b"3\n", second)
    assert git(server, "log", "--format=%H", REF).split() == [third, second, first]
    assert (
        git(server, "log", "-1", "--format=%an <%ae>", REF) == "storyboard <storyboard@localhost>"
    )


def test_the_second_of_two_writes_is_refused_and_changes_nothing(
    tmp_path: Path, server: Path
) -> None:
    one, two = blobs_in(new_clone(tmp_path)), blobs_in(new_clone(tmp_path))
    first = one.put("state", b"1", None)
    with pytest.raises(Moved):
        two.put("state", b"x", None)
    two.get("state")
    second = one.put("state", b"2", first)
    with pytest.raises(Moved):
        two.put("state", b"x", first)
    assert git(server, "rev-parse", REF) == second


def test_of_writes_that_race_one_wins(tmp_path: Path, server: Path) -> None:
    first = blobs_in(new_clone(tmp_path)).put("state", b"0", None)
    racers = [blobs_in(new_clone(tmp_path)) for _ in range(3)]
    outcomes: list[str] = []

    def write(blobs: GitBlobs, content: bytes) -> None:
        try:
            outcomes.append(blobs.put("state", content, first))
        except Moved:
            outcomes.append("moved")

    for blobs in racers:
        blobs.get("state")
    threads = [
        threading.Thread(target=write, args=(blobs, b"%d" % i)) for i, blobs in enumerate(racers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("moved") == 2
    assert git(server, "rev-parse", REF) in outcomes


def test_the_lease_piles_nothing_up(tmp_path: Path, server: Path) -> None:
    blobs = blobs_in(new_clone(tmp_path))
    tag = blobs.put("lock", b"1", None)
    for beat in range(3):
        tag = blobs.put("lock", b"%d" % beat, tag)
    assert git(server, "rev-list", "--count", f"{REF}@lock") == "1"


def test_nothing_of_the_clone_changes(tmp_path: Path, server: Path) -> None:
    clone = new_clone(tmp_path)
    (clone / "storyboard.yaml").write_text("name: Edited\n")
    (clone / "new.yaml").write_text("")
    git(clone, "add", "new.yaml")
    ran = clone / "ran"
    for name in ("pre-push", "post-checkout", "reference-transaction", "post-commit"):
        hook(clone / ".git", name, f"touch {ran}")

    def seen() -> list[str]:
        words = (["status", "--porcelain"], ["diff", "--cached"], ["branch", "-a"], ["tag"])
        kept = [git(clone, *each) for each in words]
        return [*kept, git(clone, "rev-parse", "HEAD"), (clone / ".git/config").read_text()]

    before = seen()
    blobs = blobs_in(clone)
    blobs.put("state", b"1", None)
    blobs_in(clone).get("state")
    assert seen() == before
    assert not ran.exists()
    assert not (clone / ".git/FETCH_HEAD").exists()


def test_a_hook_of_git_may_run_the_program(tmp_path: Path, server: Path) -> None:
    clone = new_clone(tmp_path)
    told = {**RUNNER, "GIT_DIR": ".git/elsewhere", "GIT_INDEX_FILE": "/nonexistent/index"}
    blobs = GitBlobs(GitProgram(clone, told), GitPlace("origin", REF))
    assert blobs.get("state") is None
    assert blobs.put("state", b"1", None)


def test_a_server_that_refuses_the_ref_is_told_in_its_words(tmp_path: Path, server: Path) -> None:
    hook(server, "update", 'echo "no such refs here" >&2; exit 1')
    blobs = blobs_in(new_clone(tmp_path))
    with pytest.raises(StateError, match=f"does not take '{REF}': hook declined") as raised:
        blobs.put("state", b"1", None)
    assert "ref: refs/heads/" in str(raised.value.hint)
    assert blobs.get("state") is None


def test_a_login_that_may_not_push_is_found_before_an_apply(tmp_path: Path, server: Path) -> None:
    clone = new_clone(tmp_path)
    before = git(server, "for-each-ref")
    blobs_in(clone).probe()
    assert git(server, "for-each-ref") == before
    git(clone, "remote", "set-url", "--push", "origin", (tmp_path / "gone.git").as_uri())
    with pytest.raises(StateError, match=r"nothing can be pushed to the remote 'origin': fatal"):
        blobs_in(clone).probe()


def test_a_branch_serves_where_history_is_never_rewritten(tmp_path: Path, server: Path) -> None:
    git(server, "config", "receive.denyNonFastForwards", "true")
    blobs = blobs_in(new_clone(tmp_path), "refs/heads/storyboard-state")
    for name in ("state", "lock"):
        tag = blobs.put(name, b"1", None)
        assert blobs.put(name, b"2", tag) != tag


def test_an_answer_that_gets_lost_is_found(tmp_path: Path, server: Path) -> None:
    clone, program = new_clone(tmp_path), tmp_path / "git"
    program.write_text(
        '#!/bin/sh\ngit "$@" || exit\n'
        'case "$*" in *" push "*) echo "fatal: the remote end hung up" >&2; exit 128; esac\n'
    )
    program.chmod(0o755)
    blobs = GitBlobs(GitProgram(clone, RUNNER, str(program)), GitPlace("origin", REF))
    tag = blobs.put("state", b"1", None)
    assert git(server, "rev-parse", REF) == tag
    assert blobs.put("state", b"2", tag) == git(server, "rev-parse", REF)


def test_a_git_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    program, pid = tmp_path / "git", tmp_path / "pid"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {pid}\nwait\n")
    program.chmod(0o755)
    for seconds in (0.3, 3, 30):  # a busy machine may need as long to start it at all
        with pytest.raises(StateError, match="did not end within"):
            GitProgram(tmp_path, RUNNER, str(program)).run("push", seconds=seconds)
        if pid.exists() and (started := pid.read_text()):
            break
    eventually(lambda: is_dead(int(started)), seconds=50)


def is_dead(pid: int) -> bool:
    try:
        return " Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


def test_no_question_can_be_asked(tmp_path: Path) -> None:
    program = tmp_path / "git"
    program.write_text(
        "#!/bin/sh\n(: < /dev/tty) 2>/dev/null && echo terminal\n"
        'read -r line && echo input\necho "prompt=$GIT_TERMINAL_PROMPT"\n'
    )
    program.chmod(0o755)
    said = GitProgram(tmp_path, RUNNER, str(program)).run("push", seconds=20)
    assert said.text == "prompt=0"


def test_a_ref_that_holds_something_else_is_left_alone(tmp_path: Path, server: Path) -> None:
    blobs = blobs_in(new_clone(tmp_path), "refs/heads/main")
    before = git(server, "rev-parse", "main")
    with pytest.raises(StateError, match="holds something else than a state"):
        blobs.get("state")
    with pytest.raises(Moved):
        blobs.put("state", b"1", None)
    assert git(server, "rev-parse", "main") == before


def test_what_is_missing_is_named(tmp_path: Path, server: Path) -> None:
    clone = new_clone(tmp_path)
    other = GitBlobs(GitProgram(clone, RUNNER), GitPlace("upstream", REF))
    with pytest.raises(StateError, match="has no remote 'upstream'") as raised:
        other.get("state")
    assert raised.value.hint == "add it: git remote add upstream URL"
    with pytest.raises(StateError, match="not a git repository"):
        blobs_in(tmp_path).get("state")
    missing = GitProgram(clone, RUNNER, str(tmp_path / "no-git"))
    with pytest.raises(StateError, match="cannot run 'git': No such file"):
        GitBlobs(missing, GitPlace("origin", REF)).get("state")
    git(clone, "remote", "set-url", "origin", (tmp_path / "gone.git").as_uri())
    with pytest.raises(StateError, match=r"the remote 'origin' cannot be read: fatal: .*gone"):
        blobs_in(clone).get("state")


@pytest.mark.parametrize("explicit", [True, False])
def test_a_repository_that_a_stranger_committed_is_not_taken_for_ours(
    tmp_path: Path, server: Path, explicit: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git takes a folder with `HEAD`, `objects`, `refs` and `config` for a repository."""
    clone, ran = new_clone(tmp_path), tmp_path / "ran"
    root = clone / "videos"
    git(clone, "init", "--quiet", "--bare", "videos")
    config = f'[remote "origin"]\nurl = ssh://a.example/x\n[core]\nsshCommand = touch {ran} #\n'
    (root / "config").write_text(config)
    if not explicit:  # as an older git has it
        kept = tuple(each for each in git_program.SETTINGS if "bareRepository" not in each)
        monkeypatch.setattr(git_program, "SETTINGS", kept)
    declared = {"p": {"state": {"git": {"ref": REF}}}}
    store = open_store(resolve_environment("p", declared, RUNNER, root), "apply")
    assert store.read() is None
    with store.locked():
        pass
    assert f"{REF}@lock" in git(server, "for-each-ref")
    assert not ran.exists()


def test_a_project_without_a_repository_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="not in a git repository") as raised:
        open_store(resolve_environment("p", {"p": {"state": "git"}}, RUNNER, tmp_path))
    assert raised.value.hint


@pytest.mark.parametrize(
    ("remote", "ref"),
    [
        ("--upload-pack=touch /tmp/x", REF),
        ("-origin", REF),
        ("https://a.example/x.git", REF),
        ("ext::sh -c x", REF),
        ("../other.git", REF),
        ("", REF),
        ("origin", "-x"),
        ("origin", "--force"),
        ("origin", "refs/tags/v1"),
        ("origin", "refs/storyboard/../heads/main"),
        ("origin", "refs/storyboard/x.lock"),
        ("origin", "refs/storyboard/x@lock"),
        ("origin", "refs/storyboard/x:refs/heads/main"),
        ("origin", "refs/storyboard/-x"),
        ("origin", "refs/storyboard/a b"),
        ("origin", "refs/storyboard/a."),
        ("origin", "main"),
    ],
)
def test_neither_remote_nor_ref_is_a_word_that_git_obeys(remote: str, ref: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"'{remote if ref == REF else ref}' is not")):
        GitPlace(remote, ref)
