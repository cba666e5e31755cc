"""Rules for paths of files: ./run.sh, /etc/hosts, src/app.py, .env. Knows no language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.rule import Rule, rule
from storyboard.scripts import HAN, HANGUL, KANA, SPACED, in_class

_SIGNS: Final = f"{in_class(SPACED)}0-9_"
"""Letters of a path: where no blanks part words, others follow it at once."""

_SEGMENT: Final = rf"[{_SIGNS}.@+-]{{0,64}}[{_SIGNS}@+-]"
_BEFORE: Final = f"(?<![^\\s(\\[\"'„“«<、。，：（「{in_class(HAN + HANGUL + KANA)}])"
FILE_TYPES: Final = (
    "js|jsx|ts|tsx|net|py|txt|md|json|ya?ml|toml|csv|tsv|pdf|docx?|xlsx?|pptx?|html?|css|exe|msi|dmg"
    "|zip|tar|gz|mp[34]|mkv|mov|avi|webm|wav|png|jpe?g|gif|svg|webp|tiff?|bmp|psd|srt|vtt|po|ini|cfg"
    "|conf|log|xml|sh|bat|ps1|sql|db|php|jar|iso|pem|crt|ipynb|rtf|odt|ods|apk|dll|cpp"
)
"""How the names of files end."""

_PATH: Final = (
    rf"(?<![{_SIGNS}.~/\\])(?:~|\.{{1,2}})/(?:\.\./){{0,4}}"
    rf"(?:{_SEGMENT}(?:/{_SEGMENT}){{0,8}}/?|\.\.(?![.{_SIGNS}]))?"
    rf"|{_BEFORE}/(?=[A-Za-z_.])(?:{_SEGMENT}/){{1,8}}(?:{_SEGMENT})?"
    rf"|(?<![{_SIGNS}.@/-])(?:[A-Za-z0-9_-]{{1,40}}/){{1,8}}"
    rf"[A-Za-z0-9_-]{{1,40}}(?:\.[A-Za-z0-9_-]{{1,20}}){{0,2}}\.(?:{FILE_TYPES})(?![{_SIGNS}])"
    rf"|{_BEFORE}\.[a-z][a-z0-9_-]{{1,24}}(?:\.[a-z]{{1,8}})?(?![{_SIGNS}/])"
)
_STARTS: Final = (
    r"(?<![\w.@/-])[A-Za-z0-9_-]{1,40}/(?=[A-Za-z0-9_])"
    rf"|(?<![{_SIGNS}.~/\\])\.{{1,2}}/|{_BEFORE}\.(?=[a-z])"
)


def path_rules(say: Callable[[re.Match[str]], str]) -> Iterator[Rule]:
    """Yield the rule for paths; `say` names their signs and reads the rest."""
    yield rule(_PATH, say, starts=_STARTS)
