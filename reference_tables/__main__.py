"""`python -m reference_tables`: fill every generated block of the pages, and what SQLite is sent.

`make docs` calls it.
"""

from __future__ import annotations

from reference_tables.pages import PAGES, filled
from storyboard.studio.records.sql import FILE
from storyboard.studio.records.sql.compiled import sqlite_file


def main() -> None:
    """Rewrite the files that differ from the code, and name them."""
    written = [(path, filled(path.read_text(encoding="utf-8"))) for path in PAGES]
    for path, new in (*written, (FILE, sqlite_file())):
        if not path.exists() or path.read_text(encoding="utf-8") != new:
            path.write_text(new, encoding="utf-8")
            print(path)


if __name__ == "__main__":
    main()
