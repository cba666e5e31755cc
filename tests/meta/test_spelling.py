"""The code, its tests and its pages are spelled the American way."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BRITISH = re.compile(
    r"colour|neighbour|behaviour|recognis|normalis|capitalis|catalogue|centre|licence"
    r"|(?<![A-Za-z])grey",
    re.IGNORECASE,
)
SPOKEN_OF = {
    "docs/reference/voices.md": {"colour"},
    "storyboard/narration/spelling_variety.py": {"catalogue", "licence"},
    "tests/meta/test_docs.py": {"colour", "catalogue", "behaviour", "recognis"},
    "tests/meta/test_messages.py": {
        *("colour", "catalogue", "behaviour", "recognis", "neighbour", "centre", "grey", "licence"),
    },
    "tests/unit/test_text_recognition.py": {"colour", "recognis", "centre", "catalogue"},
}
"""Where British words are told or quoted."""


def written() -> list[str]:
    """Return our own texts: what git keeps of code and pages; samples' stories are data.

    The checker of accessibility that the browser tests use is not ours.
    """
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.md", "*.js", "*.css", "*.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [
        name for name in listed if not re.fullmatch(r"samples/.*\.md|tests/browser/axe/.*", name)
    ]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone")
def test_words_are_american() -> None:
    found = {
        f"{name}: {word}"
        for name in written()
        if name != "tests/meta/test_spelling.py"
        for word in map(str.lower, BRITISH.findall((ROOT / name).read_text("utf-8")))
        if word not in SPOKEN_OF.get(name, set())
    }
    assert not found, sorted(found)
