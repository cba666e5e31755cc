"""What happens to two machines that render one project: a row for each fault.

Each is told a site whose two workers are both within a film, and wait at their gates. It opens
these, or leaves them: they are opened when it returns.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import psycopg

from storyboard.studio.records import queue
from storyboard.studio.records.opening import schema_of
from tests.crash import site_server
from tests.crash.site import NAMES, Site, until
from tests.crash.test_workers import assert_works
from tests.crash.worker_process import RUNG
from tests.support import machines
from tests.support.bucket_server import BucketServer, held, refused
from tests.support.passing_time import eventually
from tests.support.served import Answer, Asked, Fault, unanswered

SET_ASIDE: Final = "another worker has it"
"""What the log of a worker says whose film is another's by now."""

_TIMES: Final = 50


@dataclass(frozen=True)
class NetworkFault:
    """A fault, by the name of what it does; one that does not happen fails its test.

    `ours` is whether it needs the bucket of these tests, which can be told to fail; all others have
    moto's, which is an implementation that is not ours. `habit` is the server's, and `broken_off`
    how many objects stay half sent. `again` is whether `apply` has to be run once more. `attempts`
    is how many the film took that took most: one more where its maker was lost.
    """

    strikes: Callable[[Site], None]
    ours: bool = False
    habit: str = site_server.NOTHING
    broken_off: int = 0
    again: bool = False
    attempts: int = 1

    def __str__(self) -> str:
        is_alone = self.strikes is not nothing
        return self.strikes.__name__.replace("_", " ") if is_alone else self.habit


def nothing(site: Site) -> None:
    """Nothing fails."""


def a_worker_is_killed(site: Site) -> None:
    one, two = site.workers
    one.kill()
    site.lapse(one)
    two.open_gate()


def both_workers_are_killed(site: Site) -> None:
    for each in (*site.workers,):
        each.kill()
        site.lapse(each)
    site.begin_worker(0)
    assert_works(site.workers[-1].process)


def a_worker_is_killed_while_it_sends_its_film(site: Site) -> None:
    one = site.workers[0]
    with held(_bucket(site), _is_part_of_film) as (is_there, _):
        one.open_gate()
        until(is_there)
        one.kill()
    site.lapse(one)


def a_server_is_killed(site: Site) -> None:
    site.servers[-1].kill()
    site.open_gates()
    assert_works(site.begin_server().process)


def the_database_crashes(site: Site) -> None:
    site.places.database.crash()
    site.places.database.start()


def the_database_is_killed(site: Site) -> None:
    site.places.database.kill()
    site.open_gates()
    site.places.database.start()


def the_database_crashes_at_the_end_of_a_film(site: Site) -> None:
    _end_at_the_end_of_a_film(site, site.places.database.crash)


def the_database_is_killed_at_the_end_of_a_film(site: Site) -> None:
    _end_at_the_end_of_a_film(site, site.places.database.kill)


def a_machine_is_cut_off_and_comes_back(site: Site) -> None:
    """Its film is another's by then, which it makes too."""
    zombie, other = site.workers
    zombie.machine.unplug()
    other.open_gate()

    def is_taken_over() -> bool:
        site.lapse(zombie)
        return site.statuses() == {"ready"}

    until(is_taken_over)
    zombie.machine.plug_in()
    zombie.open_gate()
    until(lambda: zombie.has_told(SET_ASIDE))


def a_worker_freezes_and_a_film_is_made_twice(site: Site) -> None:
    """The same job is another's while its first holder still has it in hand."""
    frozen, other = site.workers
    frozen.process.send_signal(signal.SIGSTOP)
    site.lapse(frozen)
    other.open_gate()
    until(lambda: other.has_told("is taken over from"))
    frozen.process.send_signal(signal.SIGCONT)
    frozen.open_gate()
    until(lambda: frozen.has_told(SET_ASIDE))


def all_are_told_of_a_job_again_and_again(site: Site) -> None:
    """One of them has nothing to do, and the other the only film that is left."""
    schema, (idle, _) = schema_of(site.studio.workspace.identity), site.workers
    idle.open_gate()
    until(lambda: site.ready() == len(NAMES) - 1)
    with psycopg.connect(site.places.database.url, autocommit=True) as anyone:
        for _ in range(_TIMES):
            anyone.execute("SELECT pg_notify(%s, %s)", (schema, queue.FILM))
    told = f"{RUNG} '{queue.FILM}'"
    until(lambda: all(each.has_told(told, _TIMES) for each in site.workers))
    assert site.ready() == len(NAMES) - 1


def clocks_jump(site: Site) -> None:
    """One machine's clock goes ahead by an hour, another's back, and the server's back."""
    one, two = site.workers
    one.jump(signal.SIGUSR1)
    two.jump(signal.SIGUSR2)
    site.servers[-1].jump(signal.SIGUSR2)
    site.open_gates()
    until(lambda: "ready" in site.statuses())
    for each in (one, two):
        each.jump(signal.SIGUSR1)


def a_machine_cannot_reach_the_database(site: Site) -> None:
    one = site.workers[0]
    one.machine.lose(machines.DATABASE)
    until(lambda: one.has_told("a heartbeat could not be written"))
    one.machine.find(machines.DATABASE)


def a_machine_cannot_reach_the_bucket(site: Site) -> None:
    one = site.workers[0]
    one.machine.lose(machines.BUCKET)
    site.open_gates()
    until(lambda: one.has_told("cannot be kept now"))
    one.machine.find(machines.BUCKET)


def the_bucket_is_full_for_a_while(site: Site) -> None:
    """As a store says it that makes room by itself: it is asked again, by each worker."""
    films = _refuse_films(
        site,
        refused(503, "SlowDown"),
        lambda: all(each.has_told("cannot be kept now") for each in site.workers),
    )
    assert len(films) >= len(site.workers)
    assert min(films.values()) > 1, "it was not asked again"


def the_bucket_is_full_until_there_is_room(site: Site) -> None:
    """The films fail, and say so; they are made once `apply` is run again."""
    full = refused(507, "InsufficientStorage")
    films = _refuse_films(site, full, lambda: site.statuses() == {"generate-error"})
    assert len(films) == len(NAMES)
    assert not [key for key in site.places.bucket.keys if "/blobs/" in key]


def answers_of_the_bucket_are_lost(site: Site) -> None:
    """Each object is written, nobody is told, and it is sent again.

    Of what is sent in parts only the parts are spared, and their beginning: whoever lost the number
    of an upload can end it no more, and the bucket's rule does.
    """
    lost, bucket = set[str](), _bucket(site)

    def loses(asked: Asked, right: Callable[[], Answer]) -> Answer:
        where = urlsplit(asked.path)
        what = f"{asked.method} {where.path}"
        if asked.method == "GET" or what in lost or "upload" in where.query:
            return right()
        lost.add(what)
        return unanswered(asked, right)

    bucket.always = loses
    site.open_gates()
    until(lambda: site.statuses() == {"ready"})
    assert [what for what in lost if "/cache/" in what]
    eventually(lambda: all(bucket.asked.count(what) > 1 for what in [*lost]))


def _bucket(site: Site) -> BucketServer:
    bucket = site.places.bucket
    assert isinstance(bucket, BucketServer)
    return bucket


def _is_film(asked: Asked) -> bool:
    return asked.method in ("PUT", "POST") and "/blobs/" in asked.path


def _is_part_of_film(asked: Asked) -> bool:
    return _is_film(asked) and "partNumber" in asked.path


def _end_at_the_end_of_a_film(site: Site, end: Callable[[], None]) -> None:
    with held(_bucket(site), _is_film) as (is_there, go_on):
        site.open_gates()
        until(is_there)
        end()
        go_on()
        site.places.database.start()


def _refuse_films(site: Site, refuses: Fault, until_then: Callable[[], bool]) -> Mapping[str, int]:
    """Refuse all films for a while; return how often each one was."""
    bucket, counted = _bucket(site), Counter[str]()

    def refuse(asked: Asked, right: Callable[[], Answer]) -> Answer:
        if not _is_film(asked):
            return right()
        counted[urlsplit(asked.path).path] += 1
        return refuses(asked, right)

    bucket.always = refuse
    site.open_gates()
    until(until_then)
    bucket.always = None
    return counted


FAULTS: Final = (
    NetworkFault(nothing),
    NetworkFault(a_worker_is_killed, attempts=2),
    NetworkFault(both_workers_are_killed, attempts=2),
    NetworkFault(a_worker_is_killed_while_it_sends_its_film, ours=True, broken_off=1, attempts=2),
    NetworkFault(a_server_is_killed),
    NetworkFault(nothing, habit=site_server.DIES_BEFORE),
    NetworkFault(nothing, habit=site_server.DIES_AFTER),
    NetworkFault(the_database_crashes),
    NetworkFault(the_database_is_killed),
    NetworkFault(the_database_crashes_at_the_end_of_a_film, ours=True),
    NetworkFault(the_database_is_killed_at_the_end_of_a_film, ours=True),
    NetworkFault(a_machine_is_cut_off_and_comes_back, attempts=2),
    NetworkFault(a_worker_freezes_and_a_film_is_made_twice, attempts=2),
    NetworkFault(all_are_told_of_a_job_again_and_again),
    NetworkFault(nothing, habit=site_server.TWICE, again=True),
    NetworkFault(nothing, habit=site_server.LOSES, again=True),
    NetworkFault(clocks_jump),
    NetworkFault(a_machine_cannot_reach_the_database),
    NetworkFault(a_machine_cannot_reach_the_bucket),
    NetworkFault(the_bucket_is_full_for_a_while, ours=True),
    NetworkFault(the_bucket_is_full_until_there_is_room, ours=True, again=True),
    NetworkFault(answers_of_the_bucket_are_lost, ours=True),
)
