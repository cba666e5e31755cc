"""Every diagnostic code, once: severity, summary, explanation, a bad and a good example.

From this table come the severities of findings, `storyboard explain`, docs/reference/codes.md and
the codes that a project's `checks` may name. A finding with a code that is not here is not built.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.codes import (
    checks,
    environments,
    files,
    media,
    reading,
    scenes,
    shape,
    speech,
    templates,
    translations,
    yaml,
    yaml_traps,
)
from storyboard.codes.code import Code as Code
from storyboard.codes.code import Severity as Severity

GROUPS: Final[Mapping[str, tuple[Code, ...]]] = MappingProxyType(
    {
        "Reading files": reading.CODES,
        "YAML": (*yaml.CODES, *yaml_traps.CODES),
        "Keys and values": shape.CODES,
        "Files of a project": files.CODES,
        "Environments": environments.CODES,
        "Scenes, locales and names": scenes.CODES,
        "Expressions": templates.CODES,
        "Translations": translations.CODES,
        "Speech, names and definitions": (*speech.CODES, *checks.CODES),
        "Clips and backgrounds": media.CODES,
    }
)
"""The codes by what they are about, under the headings of the page and of `explain`."""

CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {code.name: code for group in GROUPS.values() for code in group}
)
"""Name to code, in the order of the groups."""

DEFINITIONS: Final = tuple(sorted({code.block for code in CODES.values() if code.block}))
"""The keys of files that define what is named elsewhere."""


def known_code(name: str) -> Code:
    """Return a code by its name; raises ValueError for one that is not in the table."""
    code = CODES.get(name)
    if code is None:
        raise ValueError(f"the code '{name}' is not in the table of storyboard/codes")
    return code
