"""What the library computes without a page: its list, polling, times, and what is let through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.wire import MAX_NAME, POLL_SECONDS
from tests.browser.application import module_result, open_studio_page
from tests.browser.chromium import Tab, browser
from tests.browser.rig import served_studio

pytestmark = pytest.mark.browser

SHELF = "app/library/shelf.js"
VIDEOS = """const video = (id, at, name = id) => ({ id, name,
    updatedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString() });
  const page = (total, ...videos) => ({ objects: videos, totalCount: total });
  const ids = (shelf) => shelf.videos.map(({ id }) => id).join("");"""
CLOCK = """const timers = { waiting: new Map(), last: 0,
    setTimeout(act, wait) { this.waiting.set(++this.last, [act, wait]); return this.last; },
    clearTimeout(id) { this.waiting.delete(id); },
    async pass() { const [[id, [act]]] = this.waiting; this.waiting.delete(id); await act(); },
    waits() { return [...this.waiting.values()].map(([, wait]) => wait); } };
  const page = Object.assign(new EventTarget(), { hidden: false,
    turn(hidden) { this.hidden = hidden; this.dispatchEvent(new Event("visibilitychange")); } });"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder: Path = tmp_path_factory.mktemp("logic")
    with served_studio(folder) as studio, browser(folder / "profile") as opened:
        open_studio_page(opened, studio)
        yield opened
        assert opened.troubles == []


def run(tab: Tab, module: str, before: str, result: str) -> Any:
    return module_result(tab, module, f"(async () => {{ {before}; return {result} }})()")


def shelf(tab: Tab, steps: str, result: str = "[ids(shelf), shelf.total, m.hasMore(shelf)]") -> Any:
    before = f"{VIDEOS} let shelf = m.withNewest(m.UNKNOWN, {{ objects: [], totalCount: 0 }}); "
    return run(tab, SHELF, before + steps, result)


def test_nothing_is_known_before_the_first_reply(tab: Tab) -> None:
    assert run(tab, SHELF, "", "[m.UNKNOWN.total, m.hasMore(m.UNKNOWN)]") == [None, False]
    assert shelf(tab, "") == ["", 0, False]


TWO_PAGES = """shelf = m.withNewest(shelf, page(4, video("a", 9), video("b", 8)));
  shelf = m.withNext(shelf, page(4, video("c", 7), video("d", 6)));"""


def test_pages_follow_each_other_and_none_is_told_twice(tab: Tab) -> None:
    first = 'shelf = m.withNewest(shelf, page(4, video("a", 9), video("b", 8)));'
    assert shelf(tab, first) == ["ab", 4, True]
    assert shelf(tab, TWO_PAGES) == ["abcd", 4, False]
    moved = first + 'shelf = m.withNext(shelf, page(4, video("b", 8), video("c", 7)));'
    assert shelf(tab, moved) == ["abc", 4, True]


def test_the_newest_page_moves_what_changed_and_forgets_what_is_gone(tab: Tab) -> None:
    moved = TWO_PAGES + 'shelf = m.withNewest(shelf, page(4, video("d", 10), video("a", 9)));'
    assert shelf(tab, moved) == ["dabc", 4, False]
    gone = TWO_PAGES + 'shelf = m.withNewest(shelf, page(3, video("a", 9), video("c", 7)));'
    assert shelf(tab, gone) == ["acd", 3, False]
    whole = TWO_PAGES + 'shelf = m.withNewest(shelf, page(1, video("d", 6)));'
    assert shelf(tab, whole) == ["d", 1, False]


def test_more_news_than_a_page_begins_again(tab: Tab) -> None:
    news = TWO_PAGES + 'shelf = m.withNewest(shelf, page(9, video("x", 20), video("y", 19)));'
    assert shelf(tab, news) == ["xy", 9, True]


def test_one_video_is_renewed_added_or_forgotten(tab: Tab) -> None:
    renewed = TWO_PAGES + 'shelf = m.withVideo(shelf, video("c", 11));'
    assert shelf(tab, renewed) == ["cabd", 4, False]
    assert shelf(tab, TWO_PAGES + 'shelf = m.withVideo(shelf, video("n", 12));')[:2] == ["nabcd", 5]
    assert shelf(tab, TWO_PAGES + 'shelf = m.without(shelf, "b");')[:2] == ["acd", 3]
    assert shelf(tab, TWO_PAGES + 'shelf = m.without(shelf, "x");')[:2] == ["abcd", 4]


def test_a_search_finds_words_in_any_order_case_and_accent(tab: Tab) -> None:
    names = """shelf = m.withNewest(shelf, page(4, video("a", 3, "Résumé training, Q1"),
        video("b", 2, "training"), video("c", 1, "Überblick \u05e9\u05dc\u05d5\u05dd"),
        video("d", 0, "Gr\u00f6\u00dfen\u00ad\u00fcbersicht \u200bder \u039f\u03b4\u03cc\u03c2"
        )));"""
    for search, found in (
        ("", "abcd"),
        ("TRAINING", "ab"),
        (" q1   resume ", "a"),
        ("uberb", "c"),
        ("\u05e9\u05dc\u05d5\u05dd", "c"),
        ("\u05e9\u05dc\u05d5\u05de", "c"),
        ("gr\u00f6\u00dfenu", "d"),
        ("GR\u00d6SSEN der", "d"),
        ("grossenu", "d"),
        ("\u03bf\u03b4\u03bf\u03c3", "d"),
        (".*", ""),
    ):
        result = f"m.matching(shelf, {search!r}).map(({{ id }}) => id).join('')"
        assert shelf(tab, names, result) == found, search


POLL = "let asked = 0; const poll = m.createPoll(async () => { asked += 1; }, { timers, page });"


def test_a_poll_asks_each_ten_seconds_only_while_it_is_wanted(tab: Tab) -> None:
    module = "app/poll.js"
    assert module_result(tab, module, "m.EVERY") == POLL_SECONDS * 1000
    assert run(tab, module, CLOCK + POLL, "timers.waits()") == []
    wanted = CLOCK + POLL + "poll.want(true); poll.want(true);"
    assert run(tab, module, wanted, "timers.waits()") == [10_000]
    asked = wanted + "await timers.pass(); await timers.pass();"
    assert run(tab, module, asked, "[asked, timers.waits()]") == [2, [10_000]]
    assert run(tab, module, asked + "poll.want(false);", "timers.waits()") == []
    assert run(tab, module, asked + "poll.end(); poll.want(true);", "timers.waits()") == []


def test_a_poll_rests_while_the_tab_is_hidden_and_asks_at_its_return(tab: Tab) -> None:
    hidden = CLOCK + POLL + "poll.want(true); page.turn(true);"
    assert run(tab, "app/poll.js", hidden, "timers.waits()") == []
    assert run(tab, "app/poll.js", hidden + "page.turn(false);", "timers.waits()") == [0]
    back = hidden + "page.turn(false); await timers.pass();"
    assert run(tab, "app/poll.js", back, "[asked, timers.waits()]") == [1, [10_000]]
    unwanted = CLOCK + POLL + "page.turn(true); page.turn(false);"
    assert run(tab, "app/poll.js", unwanted, "timers.waits()") == []


def test_a_poll_asks_one_question_at_a_time_and_outlives_failures(tab: Tab) -> None:
    slow = """let answer, failed = []; const poll = m.createPoll(() => new Promise((done, fail) => {
        answer = { done, fail }; }), { timers, page, fail: (cause) => failed.push(cause.message) });
      poll.want(true); const first = timers.pass(); page.turn(true); page.turn(false);
      const meanwhile = timers.waits(); answer.fail(new Error("refused")); await first;"""
    assert run(tab, "app/poll.js", CLOCK + slow, "[meanwhile, failed, timers.waits()]") == [
        [],
        ["refused"],
        [10_000],
    ]


def test_times_are_said_as_people_say_them(tab: Tab) -> None:
    now = "Date.parse('2026-03-10T12:00:00Z')"
    for stamp, said in (
        ("2026-03-10T11:59:30.000Z", "now"),
        ("2026-03-10T12:00:20.000Z", "now"),
        ("2026-03-10T11:59:10.000Z", "1 minute ago"),
        ("2026-03-10T09:10:00.000Z", "2 hours ago"),
        ("2026-03-09T11:00:00.000Z", "yesterday"),
        ("2026-03-02T11:00:00.000Z", "last week"),
        ("2024-03-02T11:00:00.000Z", "2 years ago"),
        ("no time", "no time"),
    ):
        assert module_result(tab, "app/ui/time.js", f"m.relative('{stamp}', 'en', {now})") == said
    assert module_result(tab, "app/ui/time.js", f"m.relative('2026-03-09T11:00:00Z', 'he', {now})")
    assert module_result(tab, "app/ui/time.js", "m.exact('no time', 'en')") == "no time"
    clock = "[0, 7.9, 65, 3725, -1].map(m.clock)"
    assert module_result(tab, "app/ui/time.js", clock) == [
        "0:00",
        "0:07",
        "1:05",
        "1:02:05",
        "0:00",
    ]


STORE = """const asked = [], call = (action, body) => new Promise((answer) =>
      asked.push({ action, body, answer }));
    const step = async (action, reply) => {
      while (!asked.some((one) => one.action === action)) await new Promise((go) => setTimeout(go));
      const [one] = asked.splice(asked.findIndex((each) => each.action === action), 1);
      one.answer(reply); await new Promise((go) => setTimeout(go)); };
    const library = m.createLibrary(call); const opened = library.open();
    await step("avatarTemplate/list", { totalCount: 36 });"""


def test_a_list_that_was_asked_for_before_a_deletion_brings_nothing_back(tab: Tab) -> None:
    steps = """const removed = library.remove("b"); await step("video/delete", null);
      await removed; await step("video/list", page(2, video("a", 9), video("b", 8)));
      await step("video/list", page(1, video("a", 9))); await opened;"""
    shown = "[ids(library.shelf.value), library.shelf.value.total, asked.length]"
    assert run(tab, "app/library/store.js", VIDEOS + STORE + steps, shown) == ["a", 1, 0]


def test_a_video_that_was_asked_for_before_its_deletion_does_not_come_back(tab: Tab) -> None:
    steps = """const busy = { ...video("b", 1), status: "composing" };
      await step("video/list", page(3, video("a", 9), video("c", 8))); await opened;
      const more = library.more(); await step("video/list", page(3, busy)); await more;
      const polled = timers.pass();
      await step("video/list", page(3, video("a", 9), video("c", 8)));
      const removed = library.remove("b"); await step("video/delete", null); await removed;
      await step("video/get", busy); await polled;"""
    store = STORE.replace("(call)", "(call, { timers, page: tabPage })")
    clock = CLOCK.replace("const page =", "const tabPage =")
    shown = "[ids(library.shelf.value), library.shelf.value.total, timers.waits()]"
    told = run(tab, "app/library/store.js", VIDEOS + clock + store + steps, shown)
    assert told == ["ac", 2, []]


def test_a_page_that_moved_for_a_deletion_is_asked_for_again(tab: Tab) -> None:
    steps = """await step("video/list", page(4, video("a", 9), video("b", 8))); await opened;
      const more = library.more(); const removed = library.remove("a");
      await step("video/delete", null); await removed;
      await step("video/list", page(3, video("d", 6)));
      await step("video/list", page(3, video("c", 7), video("d", 6))); await more;"""
    shown = "[ids(library.shelf.value), library.shelf.value.total, asked.length]"
    assert run(tab, "app/library/store.js", VIDEOS + STORE + steps, shown) == ["bcd", 3, 0]


def test_a_video_that_is_out_of_sight_stays_so_whatever_replies_say(tab: Tab) -> None:
    steps = """const list = page(2, video("a", 9), video("b", 8));
      await step("video/list", list); await opened;
      library.hide("b"); const again = library.open(); await step("video/list", list); await again;
      const seen = () => [ids(library.shelf.value), library.shelf.value.total];
      const told = [seen()]; library.show("b"); told.push(seen());
      const removed = library.remove("b").catch(({ code }) => code); told.push(seen());
      await step("video/delete", Promise.reject({ code: "NO" })); told.push(await removed, seen());
    """
    told = run(tab, "app/library/store.js", VIDEOS + STORE + steps, "told")
    assert told == [["a", 1], ["ab", 2], ["a", 1], "NO", ["ab", 2]]


DELETIONS = """const did = []; const say = (what) => (id) => void did.push(`${what} ${id}`);
  let refuses = false; const kill = new Set();
  const library = { hide: say("hide"), show: say("show"), async remove(id) {
    say("remove")(id); if (refuses) throw new Error(id); } };
  const it = m.createDeletions({ library, removeLast: say("last"),
    failed: ({ message }) => say("failed")(message),
    onKill: (act) => { kill.add(act); return () => kill.delete(act); },
    hold: () => () => did.push("freed") });
  const offers = {}; const begin = (id) => it.begin(id, (offer) => { offers[id] = offer;
    return () => { did.push(`end ${id}`); offer.pass(); }; });
  begin("a"); begin("b"); did.length = 0;"""


KILL = "for (const act of kill) act()"


@pytest.mark.parametrize(
    ("steps", "did", "held"),
    [
        ("offers.a.take(); offers.a.pass(); offers.a.take()", "freed, show a", 1),
        ("offers.a.pass(); offers.a.take(); offers.a.pass()", "remove a, freed", 1),
        ("refuses = true; offers.b.pass()", "remove b, failed b, freed", 1),
        ("it.takeBackLast(); it.takeBackLast()", "freed, show b, end b, freed, show a, end a", 0),
        ("it.takeBack('a'); it.takeBack('a'); it.takeBack('c')", "freed, show a, end a", 1),
        (f"{KILL}; offers.a.take()", "end a, last a, end b, last b", 2),
        (
            f"it.takeBack('a'); offers.b.pass(); {KILL}",
            "freed, show a, end a, remove b, last b, freed",
            0,
        ),
    ],
)
def test_a_deletion_is_sent_once_it_cannot_be_taken_back(
    tab: Tab, steps: str, did: str, held: int
) -> None:
    """A page that goes away sends what waits and what is on its way, and nothing taken back."""
    steps = f"{DELETIONS} {steps}; await new Promise((go) => setTimeout(go))"
    told = run(tab, "app/library/deletions.js", steps, "[did.join(', '), kill.size]")
    assert told == [did, held]


def test_the_kinds_of_video_are_those_that_the_host_allows(tab: Tab) -> None:
    every = ["fromScratch", "session-highlights", "video-explainer"]
    for allowed, offered in (
        ("null", every),
        ("[]", []),
        ("['video-explainer', 'unknown', 'fromScratch']", ["fromScratch", "video-explainer"]),
    ):
        assert module_result(tab, "app/library/new_video.js", f"m.offered({allowed})") == offered


def test_what_is_pressed_twice_is_done_once(tab: Tab) -> None:
    act = """let done = [], finish; const act = m.oneAtATime((of) => new Promise((end) => {
        done.push(of); finish = end; }));
      const both = [act("a"), act("a")]; const other = act("b"); finish(1); await other;
      act("b");"""
    result = "[both[0] === both[1], done]"
    expected = [True, ["a", "b", "b"]]
    assert run(tab, "app/library/new_video.js", act, result) == expected


def test_a_name_that_is_too_long_for_a_copy_is_cut_between_characters(tab: Tab) -> None:
    copied = f"""const sent = [], long = "\U0001f3ac".repeat({MAX_NAME});
      const call = async (action, body) =>
        (sent.push(body), {{ name: long, avatarId: null, scenes: [] }});
      const facts = {{ limits: {{ name: {MAX_NAME} }} }};
      await m.duplicate(call, facts, "x", (name) => `Copy of ${{name}}`)"""
    result = "[sent[1].name, Object.keys(sent[1]).sort()]"
    name, fields = run(tab, "app/library/new_video.js", copied, result)
    assert len(name) == MAX_NAME
    assert name == f"Copy of {chr(0x1F3AC) * (MAX_NAME - 8)}"
    assert fields == ["name", "scenes"]


def test_only_web_addresses_of_the_host_become_links(tab: Tab) -> None:
    for given in (
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "blob:http://127.0.0.1/x",
        "file:///etc/passwd",
        "media/1",
        "",
    ):
        assert module_result(tab, "app/web_address.js", f"m.webAddress({given!r})") is None
    for given in ("null", "undefined", "{}", "1"):
        assert module_result(tab, "app/web_address.js", f"m.webAddress({given})") is None
    address = "https://example.com/media/0_a?b=c#d"
    assert module_result(tab, "app/web_address.js", f"m.webAddress({address!r})") == address
