# Every target is one step that a newcomer may want; `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
# A package index for PyTorch alone. Empty: the ordinary one. On Linux without a GPU, name
# PyTorch's CPU index here and save several gigabytes of CUDA libraries (README).
TORCH_INDEX ?=
TORCH = torch==2.13.0
WORKERS ?= 2
POSTGRESQL_TESTS ?= tests/models tests/services tests/web
export PORT HOST

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.torch:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ieum needs Python 3.11 or newer: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install $(TORCH_INDEX:%=--index-url %) $(TORCH)
	touch $@

$(VENV)/.requirements: $(VENV)/.torch requirements.txt constraints.txt
	$(BIN)/pip install -r requirements.txt -c constraints.txt
	touch $@

.PHONY: setup
setup: $(VENV)/.requirements ## the environment in .venv: runtime and test tools

.PHONY: run
run: setup ## a running forum on http://127.0.0.1:8000 (Ctrl-C stops it)
	$(BIN)/flask --app app serve

.PHONY: test
test: setup ## the tests, but for the slow ones
	$(BIN)/pytest -n $(WORKERS) -m "not slow"

.PHONY: test-all
test-all: setup ## the tests, the slow ones too, on SQLite and on PostgreSQL
	$(BIN)/pytest -n $(WORKERS)
	$(BIN)/pytest -n $(WORKERS) -m "not slow and not browser" --database postgresql $(POSTGRESQL_TESTS)

.PHONY: test-postgresql
test-postgresql: setup ## the tests that touch the database, on a real PostgreSQL
	$(BIN)/pytest -n $(WORKERS) -m "not slow and not browser" --database postgresql $(POSTGRESQL_TESTS)

.PHONY: check
check: setup ## style, types, layers, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: catalogues
catalogues: setup ## the sentences of the pages, gathered for translation; compiled where translated
	$(BIN)/pybabel -q extract -F pyproject.toml --ignore-dirs='.*' --no-location --sort-output --project=Ieum --copyright-holder='the authors of Ieum' --msgid-bugs-address='' -o web/translations/messages.pot .
	$(BIN)/pybabel -q update -i web/translations/messages.pot -d web/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=100
	$(BIN)/pybabel -q compile -d web/translations
