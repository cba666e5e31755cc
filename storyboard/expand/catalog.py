"""The catalogues' public names in one place. Decides nothing."""

from __future__ import annotations

from storyboard.expand.entry import Catalog, Entry
from storyboard.expand.po_reader import read_catalog

__all__ = ["Catalog", "Entry", "read_catalog"]
