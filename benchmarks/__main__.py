"""Run the benchmarks: `python -m benchmarks [NAME…]`; prints a row a figure."""

from __future__ import annotations

import importlib
import sys

NAMES = (
    *("startup", "compiling", "film_speed", "film_stages", "studio_load", "applying", "planning"),
    "checking",
    "library_page",
    "planning_curve",
    "workers_curve",
    "workers_films",
    "postgres_load",
    "talks",
    "speech_length",
)


def main(names: list[str]) -> None:
    """Run the named ones, or all."""
    for name in names or NAMES:
        for row in importlib.import_module(f"benchmarks.{name}").measure():
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
