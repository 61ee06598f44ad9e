# The newsroom's commands; `make help` lists them. Each also works without make: docs/reference/commands.md.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
# Named after what is installed: a changed pin installs again, anything else starts at once.
RUNTIME := $(VENV)/runtime-$(shell cksum requirements.txt | cut -d ' ' -f 1)
TOOLS := $(VENV)/tools-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d ' ' -f 1)

export PORT

.DEFAULT_GOAL := help
.PHONY: help run test check audit desk format demo-reset bench bench-data bench-large torture messages free-port

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F '|' '{ printf "%-20s %s\n", $$1, $$2 }'

run: free-port $(RUNTIME) ## install what is needed and run the demo newsroom (PORT=8000) until Ctrl-C
	@DEMO=1 exec $(PY) -m newsroom.run

test: $(TOOLS) ## run the tests on up to four cores (ARGS="-k archive" chooses, TEST_ALL=1 fails where a browser or server is missing)
	@.ci/vnu
	@.ci/lighthouse
	@$(PY) -m pytest --numprocesses auto --maxprocesses 4 $(ARGS)

desk: $(TOOLS) ## look at every page of the desk in both languages, light and dark, wide and on a phone (PAGES=article, PICTURES=folder)
	@DESK_MATRIX=1 $(PY) -m pytest tests/browser/sweep/every_page.py -s $(ARGS)

check: $(TOOLS) ## format, lint, types, import contracts, templates, translations, deployment, migrations, known faults of pins
	@PY=$(PY) .ci/check

audit: $(PY) ## ask the package index for known faults of what is pinned; says so plainly where it gives no answer
	@$(PY) .ci/audit

format: $(TOOLS) ## bring the code into the house format
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

messages: $(TOOLS) ## collect texts for translation and compile the translations (needs gettext)
	@DEBUG=1 $(PY) manage.py makemessages --locale ru --no-wrap --no-location --no-obsolete --ignore '.venv*' --ignore data --ignore tests
	@DEBUG=1 $(PY) manage.py compilemessages --locale ru --ignore '.venv*'

demo-reset: $(RUNTIME) ## throw the demo newsroom away and make it anew (ARGS="--language ru": an outlet with one language)
	@DEMO=1 $(PY) manage.py demo --reset $(ARGS)

bench: $(TOOLS) ## run the benchmarks (to take 10 minutes at most) and write docs/performance.md (ARGS="engine" chooses)
	@.ci/lighthouse
	@$(PY) -m pip install --quiet --quiet --disable-pip-version-check --requirement tests/benchmarks/requirements.txt
	@$(PY) -m tests.benchmarks $(ARGS)

bench-data: $(TOOLS) ## make the archives of 20,000 and 200,000 articles in data/bench, on SQLite and PostgreSQL (once; takes minutes)
	@$(PY) -m tests.benchmarks.archive 20000
	@$(PY) -m tests.benchmarks.archive 200000
	@$(PY) -m tests.benchmarks.postgres 20000
	@$(PY) -m tests.benchmarks.postgres 200000

bench-large: $(TOOLS) ## make archives of a million articles (once; 28 GB, after bench-data) and measure what grows with them (42 GB free)
	@$(PY) -m tests.benchmarks.million
	@$(PY) -m tests.benchmarks large large_click large_postgres

torture: $(TOOLS) ## kill two newsrooms under load 200 times, break disks and clocks, interrupt writers; write docs/torture.md (ARGS="--seed 7")
	@$(PY) -m tests.torture --write docs/torture.md $(ARGS)
	@$(PY) -m tests.torture.hardships --write docs/torture.md $(ARGS)
	@$(PY) -m tests.writers --write docs/torture.md $(ARGS)
	@$(PY) -m tests.writers.chromium --write docs/torture.md $(ARGS)

free-port:
	@$(PYTHON) -m newsroom.port $(PORT)

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make run PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): | $(PY)
	@echo "Installing what the newsroom needs (once)."
	@$(PY) -m pip install --quiet --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(TOOLS): | $(PY)
	@echo "Installing what the tests need (once)."
	@$(PY) -m pip install --quiet --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@ $(RUNTIME)
