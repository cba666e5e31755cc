# Everything a developer does, a line or two each. Needs Python 3.11 with venv; installs into .venv.
PYTHON ?= python3
BIN := .venv/bin
SAMPLES := hello guide course
QUICK := 'not slow and not browser and not wheel and not scale'
PARALLEL := -n auto --dist worksteal
COVERED := 80
# Tests start hundreds of processes: what is compiled once is not compiled by each of them.
export PYTHONDONTWRITEBYTECODE :=
# Of the tests that are not quick, the second of three equal parts: SHARE=2/3.
SHARE ?= 1/1
FUZZ_SECONDS ?= 20
FUZZ_SEED ?= 1

.PHONY: all install demo test shake search fuzz fuzz-search coverage test-slow test-wheel test-browser shake-browser test-scale pictures check docs vendor bench hooks clean
all: check test

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

install: .venv/.installed

# Check, plan and apply every sample; the films lie in samples/*/films. Again: no change, seconds.
demo: install
	$(BIN)/python -m samples.broll
	@set -e; for sample in $(SAMPLES); do for step in check plan "apply --yes"; do \
	  echo "\$$ storyboard -C samples/$$sample $$step"; \
	  $(BIN)/storyboard -C samples/$$sample $$step; echo; \
	done; done

test: install
	$(BIN)/python -m pytest -q $(PARALLEL) -m $(QUICK) $(COVERAGE)

# The same on one core, in reverse order, with threads that take turns as on a busy machine: what
# passes by chance fails here. Needs Linux.
shake: install
	STORYBOARD_TEST_SHAKEN=1 taskset -c 0 $(BIN)/python -m pytest -q -n 2 -m $(QUICK)

# The properties with new examples, which `make test` has not seen: run it as often as you like.
search: install
	HYPOTHESIS_PROFILE=search $(BIN)/python -m pytest -q $(PARALLEL) -m 'not scale' tests/properties tests/contract
	HYPOTHESIS_PROFILE=search $(BIN)/python -m pytest -q $(PARALLEL) -m hypothesis tests/unit tests/proof

# Hostile inputs for all that parses: the same ones each time, so that they say something about the
# change. FUZZ_SECONDS is the most that each surface gets; FUZZ="names media" is for some of them.
fuzz: install
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS) --seed $(FUZZ_SEED) $(FUZZ)

# Hostile inputs that lead the code new ways, other ones each time; needs Linux.
fuzz-search: install
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m tests.fuzz --guided --seconds $(FUZZ_SECONDS) $(FUZZ)

# The same tests, and how much of the code they run, branches too: fails under the floor.
coverage:
	$(MAKE) test COVERAGE='--cov --cov-report=term:skip-covered --cov-fail-under=$(COVERED)'

test-slow: install
	$(BIN)/python -m pytest -q -rs $(PARALLEL) -m 'slow and not browser and not scale' --share $(SHARE)

# The built wheel on every Python it claims, without constraints; skips a Python that is not here.
test-wheel: install
	$(BIN)/python -m pytest -q -n 2 -m wheel

# The studio's page in headless Chromium, which has to be on the machine: apt-get install chromium
test-browser: install
	$(BIN)/python -m pytest -q -n 2 -m browser --share $(SHARE)

# The same in pages that are six times slower, with late answers: a look that comes too early fails.
shake-browser: install
	STORYBOARD_TEST_SHAKEN=1 $(BIN)/python -m pytest -q -n 2 -m browser

# Databases and buckets: PostgreSQL has to be on the machine (apt-get install postgresql), moto is here.
# Machines that are cut off: so has `ip` (apt-get install iproute2), and the kernel has to allow it.
# Then what the studio promises its clients, with its rows in PostgreSQL in place of SQLite.
test-scale: install
	$(BIN)/python -m pytest -q -n 2 -m scale --share $(SHARE)
	STORYBOARD_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n 2 -m $(QUICK) --share $(SHARE) tests/contract

# The pictures of README.md and docs/, of the samples' films: look at them before you commit them.
pictures: demo
	$(BIN)/python -m tests.browser.pictures

check: install
	$(BIN)/ruff check --output-format concise . && $(BIN)/ruff format --check . && $(BIN)/mypy

# Write the tables of the pages in docs/ anew from the code.
docs: install
	$(BIN)/python -m reference_tables

# Check what is about to be committed, and its subject; in this clone only.
hooks: install
	git config core.hooksPath .githooks

# Make storyboard/studio/web/vendor anew; needs npm. VENDOR="preact=11.2.1" pins another version.
vendor:
	$(PYTHON) -m vendoring $(VENDOR)

bench: install
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv dist build samples/*/films samples/*/.storyboard
