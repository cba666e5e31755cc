"""Locale tags: which are right, how each is spelled, and where a missing text may be looked for.

Tags are BCP 47 with language, script, region and variants. Facts are CLDR's, through Babel, which
is imported only for what the tables below do not answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from storyboard.spoken_tags import language_of

PSEUDO: Final = ("en-XA", "ar-XB")
"""Made-up locales that show what is not translated, and what breaks from right to left."""

_LANGUAGES: Final = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv
dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie
ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv
mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm
rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tn to tr ts tt
ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
"""ISO 639-1."""
_REGIONS: Final = """
AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ
EA EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY
HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA
LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
"""ISO 3166-1 alpha-2, and Kosovo."""
_SCRIPT_TWINS: Final = frozenset(("no", "nb", "nn"))
"""Written Norwegian: CLDR lets `nb` and `nn` fall back to `no`; we let `no` and `nb` meet."""
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)",
    re.IGNORECASE | re.ASCII,
)

_LONGEST_NAME: Final = 60
"""Of a language, in characters; comparing takes time that grows with the square of it."""

_POSIX: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(?:[_-](?P<script>[a-z]{4}))?(?:[_-](?P<region>[a-z]{2}|\d{3}))?"
    r"(?:\.[a-z0-9-]+)?(?:@(?P<modifier>[a-z]+))?",
    re.IGNORECASE | re.ASCII,
)
"""How systems name locales: encoding and modifier are theirs, and a tag has neither."""
_SCRIPT_OF_MODIFIER: Final = {
    "latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TagFault:
    """Why a tag is none, and what was probably meant."""

    message: str
    hint: str | None = None


def parse_tag(text: str) -> str | TagFault:
    """Return the tag in its usual spelling (`pt-br` is `pt-BR`), or what is wrong with it."""
    found = _TAG.fullmatch(text)
    if found is None:
        return TagFault(f"'{text[:40]}' is not a locale", _likely_meant(text))
    language, region = found["language"].lower(), (found["region"] or "").upper()
    tag = _spelled(found)
    if tag in PSEUDO:
        return tag
    if language not in _LANGUAGES.split() and not _is_known_language(language):
        return TagFault(f"there is no language '{found['language']}'", _likely_meant(text))
    if len(region) == 2 and region not in _REGIONS.split():
        hint = _region_meant(tag, region)
        return TagFault(f"there is no region '{found['region']}'", hint)
    return tag


def tag_of(name: str) -> str | TagFault:
    """Return the tag that a name of gettext stands for: `pt_BR`, `sr@latin`, `de_DE.UTF-8`.

    A tag is its own name, however it is spelled.
    """
    found = _POSIX.fullmatch(name)
    return parse_tag(name if found is None else _joined(found))


def same_language(tag: str, name: str) -> bool:
    """Tell whether a tag and a name of gettext can be one language: `de` and `de_DE` can.

    A name such as `German` is no language's; region and script count where both have one.
    """
    other = tag_of(name)
    if isinstance(other, TagFault):
        return False
    if other == tag:
        return True
    if tag in fallback_chain(other) or other in fallback_chain(tag):
        return True
    one, two = _TAG.fullmatch(tag), _TAG.fullmatch(other)
    if one is None or two is None:
        return True
    related = {one["language"], two["language"]} <= _SCRIPT_TWINS
    if one["language"] != two["language"] and not related:
        return False
    regions = {one["region"], two["region"]}
    return _script(tag) == _script(other) and (None in regions or len(regions) == 1)


def is_pseudo(tag: str) -> bool:
    """Tell whether a canonical tag is a pseudo-locale's, which never reaches a real studio."""
    return tag in PSEUDO


@lru_cache(maxsize=1024)
def fallback_chain(tag: str) -> tuple[str, ...]:
    """Return where to look for a locale's text: the tag itself first, then CLDR's parents.

    Never another script (`zh-TW` is not `zh`), never another language, save Norwegian, which has
    two tags for the same writing.
    """
    if is_pseudo(tag):
        return (tag,)
    chain = [tag]
    while (parent := _parent(chain[-1])) and parent not in chain:
        chain.append(parent)
    if "no" in chain and "nb" not in chain:
        chain.append("nb")
    return tuple(chain)


def _spelled(found: re.Match[str]) -> str:
    parts = [found["language"].lower()]
    if found["script"]:
        parts.append(found["script"].title())
    if found["region"]:
        parts.append(found["region"].upper())
    return "-".join(parts) + found["variants"].lower()


def _parent(tag: str) -> str | None:
    """Return the next tag to look under: CLDR's own exception, or one part less."""
    language, dash, _ = tag.rpartition("-")
    if not dash and tag not in _SCRIPT_TWINS:
        return None
    from babel.core import get_global

    exceptions = get_global("parent_exceptions")
    exception = exceptions.get(tag.replace("-", "_"))
    if exception is not None:
        parent = exception.replace("_", "-")
        related = language_of(parent) == language_of(tag) or parent in _SCRIPT_TWINS
        return parent if related else None
    if not dash:
        return None
    if _script(tag) == _script(language):
        return language
    maximal = _maximal(tag)
    return maximal if maximal not in (None, tag) and not _has_script(tag) else None


def _has_script(tag: str) -> bool:
    return any(len(part) == 4 and part.isalpha() for part in tag.split("-"))


def _script(tag: str) -> str | None:
    parts = tag.split("-")
    written = (part for part in parts[1:] if len(part) == 4 and part.isalpha())
    if script := next(written, None):
        return script
    maximal = _maximal(tag)
    return maximal.split("-")[1] if maximal else None


def _maximal(tag: str) -> str | None:
    """Return the tag with its likely script and region (`zh-TW` is `zh-Hant-TW`), or None."""
    from babel.core import get_global

    likely = get_global("likely_subtags")
    parts = tag.split("-")
    for length in range(min(len(parts), 3), 0, -1):
        found = likely.get("_".join(parts[:length]))
        if found is not None:
            language, script, region = found.split("_")[:3]
            regions = [part for part in parts[1:] if len(part) in (2, 3)]
            return "-".join((language, script, regions[0] if regions else region))
    return None


def _is_known_language(language: str) -> bool:
    if len(language) == 2:
        return False
    from babel import Locale

    return language in Locale("en").languages


def _likely_meant(text: str) -> str | None:
    """Return a hint for a wrong tag: an underscore, a language's name, a country, an old code."""
    from babel.core import get_global

    if posix := _posix_meant(text.strip()):
        return f"did you mean '{posix}'?"
    word = text.strip().lower()
    respelled = text.strip().replace("_", "-")
    if respelled != text and isinstance(parse_tag(respelled), str):
        return f"did you mean '{parse_tag(respelled)}'?"
    codes = _codes()
    likely = get_global("likely_subtags").get(f"und_{word.upper()}", "").partition("_")[0]
    alias = get_global("language_aliases").get(word)
    meant = codes.get(word) or alias or likely
    if meant:
        return f"did you mean '{meant.replace('_', '-')}'?"
    if near := get_close_matches(word[:_LONGEST_NAME], codes, n=1, cutoff=0.85):
        return f"did you mean '{codes[near[0]].replace('_', '-')}'?"
    return "write a language tag such as en, pt-BR or zh-Hant"


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Return the code of each language by its English name, in small letters."""
    from babel import Locale

    return {name.lower(): code for code, name in Locale("en").languages.items()}


def _posix_meant(text: str) -> str | None:
    """Return the tag of a system's locale: `en-US` of `en_US.UTF-8`, `sr-Latn` of `sr@latin`."""
    found = _POSIX.fullmatch(text)
    if found is None or _joined(found) == text:
        return None
    tag = parse_tag(_joined(found))
    return tag if isinstance(tag, str) else None


def _joined(found: re.Match[str]) -> str:
    """Return a system's locale as a tag; an encoding and a modifier such as `euro` say nothing."""
    modifier = (found["modifier"] or "").lower()
    script = _SCRIPT_OF_MODIFIER.get(modifier, found["script"])
    variant = modifier if modifier == "valencia" else None
    return "-".join(part for part in (found["language"], script, found["region"], variant) if part)


def _region_meant(tag: str, region: str) -> str | None:
    from babel.core import get_global

    aliases = get_global("territory_aliases").get(region)
    if not aliases:
        return "write a region of ISO 3166, such as US, BR or TW"
    return f"did you mean '{tag.replace(region, aliases[0])}'?"
