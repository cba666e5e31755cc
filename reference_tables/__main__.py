"""`python -m reference_tables`: fill every generated block of the pages. `make docs` calls it."""

from __future__ import annotations

from reference_tables.pages import PAGES, filled


def main() -> None:
    """Rewrite the pages whose blocks differ from the code, and name them."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        new = filled(text)
        if new != text:
            path.write_text(new, encoding="utf-8")
            print(path)


if __name__ == "__main__":
    main()
