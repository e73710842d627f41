# make run: set up and run the demonstration. make test: set up and pass the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
CATALOGUE := app/translations/en/LC_MESSAGES/messages.mo
export PORT

.PHONY: setup setup-dev run test lint bench demo-reset

setup: $(VENV)/.installed $(CATALOGUE)

setup-dev: $(VENV)/.installed-dev $(CATALOGUE)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# The compiled catalogue is made here, not committed.
$(CATALOGUE): $(CATALOGUE:.mo=.po) $(VENV)/.installed
	$(BIN)/pybabel --quiet compile --directory app/translations

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

run: setup
	YEYI_DEMO=1 $(BIN)/yeyi demo --quiet-when-filled
	YEYI_DEMO=1 $(BIN)/yeyi serve

demo-reset: setup
	YEYI_DEMO=1 $(BIN)/yeyi demo --reset

test: setup-dev
	PYTHON=$(BIN)/python tests/prepare
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports

bench: setup-dev
	for bench in $(patsubst tests/bench/%.py,%,$(wildcard tests/bench/*_bench.py)); do $(BIN)/python -m tests.bench.$$bench || exit 1; done
