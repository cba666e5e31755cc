# Everything a developer does, a line or two each. Needs Python 3.11 with venv; installs into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: all install demo test test-slow check bench clean
all: check test

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

install: .venv/.installed

test: install
	$(BIN)/python -m pytest -n auto -m 'not slow'

test-slow: install
	$(BIN)/python -m pytest -m slow

check: install
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: install
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv dist build films .storyboard
