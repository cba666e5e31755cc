"""Rules that only Japanese has: how it counts days and hours, and says Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from storyboard.narration.amounts import MONEY_IN_LETTERS
from storyboard.narration.grammar import Grammar
from storyboard.narration.grammars.japanese import HOURS, minutes
from storyboard.narration.japanese_words import JAPANESE_WORDS
from storyboard.narration.numerals import say_digits
from storyboard.narration.rule import Rule, any_of, replaced, rule

_MONTHS: Final = {4: "シ", 7: "シチ", 9: "ク"}
_DAYS: Final = {
    1: "ツイタチ", 2: "フツカ", 3: "ミッカ", 4: "ヨッカ", 5: "イツカ", 6: "ムイカ", 7: "ナノカ",
    8: "ヨウカ", 9: "ココノカ", 10: "トオカ", 14: "ジュウヨッカ", 20: "ハツカ",
    24: "ニジュウヨッカ",
}  # fmt: skip
_LETTERS: Final = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *("エー", "ビー", "シー", "ディー", "イー", "エフ", "ジー", "エイチ", "アイ"),
            *("ジェー", "ケー", "エル", "エム", "エヌ", "オー", "ピー", "キュー", "アール"),
            *("エス", "ティー", "ユー", "ブイ", "ダブリュー", "エックス", "ワイ", "ゼット"),
        ),
        strict=True,
    )
)


def japanese_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for days, hours, floors, pages and letters."""

    def counted(names: Mapping[int, str], unit: str) -> Callable[[re.Match[str]], str]:
        return lambda found: names.get(int(found["n"]), found["n"]) + unit

    weekday = "(?:(?<=日)|(?<=/[0-9])|(?<=/[0-9]{2}))[(（](?P<day>[月火水木金土日])[)）]"
    yield rule(weekday, lambda found: f"{found['day']}曜日", weekday)
    post = r"〒\s?(?P<area>[0-9]{3})-(?P<place>[0-9]{4})(?![0-9])"
    yield rule(
        post,
        lambda f: f"郵便番号{say_digits(grammar, f['area'])}、{say_digits(grammar, f['place'])}",
        starts="〒",
    )
    yield replaced("[▲△](?=[0-9¥￥])", "マイナス")
    page = r"(?<![A-Za-z])pp?\.\s?(?P<page>[0-9]{1,4})(?![0-9A-Za-z])"
    yield rule(page, lambda f: f"{f['page']}ページ", r"(?<![A-Za-z])pp?\.(?=\s?[0-9])")
    floor = r"(?<![0-9A-Za-z.])(?P<below>B?)(?P<floor>[0-9]{1,2})F(?![0-9A-Za-z])"
    yield rule(
        floor,
        lambda f: f"{'地下' * bool(f['below'])}{f['floor']}階",
        "(?<![0-9A-Za-z])B(?=[0-9]{1,2}F)",
    )
    yield replaced(r"[Nn]o\.\s?(?=[0-9])", "ナンバー")
    version = r"[Vv]er\.\s?(?P<parts>[0-9]{1,5}(?:\.[0-9]{1,5}){0,4})(?![0-9])"
    yield rule(
        version,
        lambda f: "バージョン" + grammar.point.join(f["parts"].split(".")),
        r"[Vv]er\.(?=\s?[0-9])",
    )
    yield rule("(?<![0-9])(?P<n>[0-9]{1,2})月", counted(_MONTHS, "ガツ"))
    yield rule("(?<![0-9月])1日(?!間|目)", lambda _: "イチニチ")
    yield rule("(?<![0-9])(?P<n>1|2|3|4|5|6|7|8|9|10|14|20|24)日(?!間)", counted(_DAYS, ""))
    hours = "(?<![0-9:])(?P<first>[0-9]{1,2})[~～〜–-](?P<last>[0-9]{1,2})時(?!間)"
    yield rule(
        hours,
        lambda f: "から".join(f"{HOURS.get(int(n), n)}ジ" for n in (f["first"], f["last"])),
    )
    yield rule("(?<![0-9])(?P<n>[0-9]{1,2})時間", counted(HOURS, "ジカン"))
    yield rule("(?<![0-9])(?P<n>[0-9]{1,2})時", counted(HOURS, "ジ"))
    yield rule("(?<![0-9])(?P<n>[0-9]{1,3})分(?!の)", lambda found: minutes(int(found["n"])))
    covid = r"(?<![A-Za-z])COVID[-‐–]19(?![0-9])"
    yield rule(covid, lambda _: f"{JAPANESE_WORDS['COVID']}19", covid)
    word = rf"(?<![A-Za-z])(?:{any_of(JAPANESE_WORDS)})(?![A-Za-z])"
    yield rule(word, lambda found: JAPANESE_WORDS[found[0]], word)
    yield rule(
        rf"(?!{MONEY_IN_LETTERS})[A-Z]{{2,}}(?![a-z])",
        lambda found: "".join(_LETTERS[letter] for letter in found[0]),
        starts="[A-Z]{2}",
    )
