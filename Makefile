# Needs Python 3.11 or later and make. Everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@echo "Installing the package and its tools into $(VENV) (about a minute) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

build: $(STAMP) ## check the records, compile Parquet, print a summary
	$(BIN)/kursk-events build

test: $(STAMP) ## ruff, mypy and the tests
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/python -m pytest

check: $(STAMP) ## check the records
	$(BIN)/kursk-events check

fmt: $(STAMP) ## put records and code into canonical form
	$(BIN)/kursk-events fmt
	$(BIN)/ruff format src tests
	$(BIN)/ruff check --fix src tests

wheel: $(STAMP) ## build sdist and wheel into dist/
	$(BIN)/python -m build

docs: $(STAMP) ## build the documentation site into build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

serve: $(STAMP) ## show the documentation site on this machine
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs serve

explorer: ## rebuild the explorer's script and map from their sources (needs Node.js)
	cd docs/explorer && npm install --no-package-lock --no-audit --no-fund && node build.mjs

clean: ## remove what the other commands made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.PHONY: help build test check fmt wheel docs serve explorer clean
