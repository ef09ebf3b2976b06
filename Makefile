# Each command works alone on a clean clone: it needs Python 3.11 or newer, make, and a network for packages.

PYTHON ?= python3
# Tests wait for pages, voices and clocks more than they compute.
WORKERS ?= 5
BIN = .venv/bin
STAMP = .venv/installed

.PHONY: help run test check coverage bench screenshots i18n clean voice test-programs

help:           ## what there is
	@grep -E '^[a-z0-9]+: .*##|^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: $(STAMP) voice  ## set up, and start the demo centre
	$(BIN)/toiluot demo $(ARGS)

test: $(STAMP) test-programs  ## set up, and pass every test
	$(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist worksteal $(ARGS) || { \
		echo "What failed while the tests shared the machine is tried once more, alone."; \
		$(BIN)/python -m pytest --quiet --last-failed --last-failed-no-failures none $(AGAIN); }

check: $(STAMP)  ## lint, format, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(STAMP)  ## the rules of the office, each of their branches tested
	$(BIN)/python -m pytest --quiet tests/core \
		--cov=app.core --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

bench: $(STAMP)  ## the benchmark table
	$(BIN)/python -m bench $(ARGS)

screenshots: $(STAMP) test-programs  ## docs/images, from a demo centre
	$(BIN)/python -m tools.screenshots

i18n: $(STAMP)  ## gather the texts of pages and code into the catalogues
	$(BIN)/python -m tools.catalogues

clean:          ## forget what was set up
	rm -rf .venv var

# --- setting up ---------------------------------------------------------------

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo "Python's venv is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

# Installed where this user may, asked for by name elsewhere. These run each time: a package may come or go.
voice:
	@sh tools/system-packages.sh espeak-ng || echo "Without espeak-ng the recordings that are shipped speak."

test-programs:
	@sh tools/system-packages.sh chromium espeak-ng zbar-tools mbpoll iproute2
