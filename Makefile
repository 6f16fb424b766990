# Needs Python 3.11 or later and make. Everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
READERS := .venv-readers
MUTATION := .venv-mutation

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
	$(BIN)/python -m pytest -n 2 --dist loadfile

package-test: $(STAMP) ## build sdist and wheel, install them in a fresh environment, compare
	$(BIN)/python -m pytest -m wheel tests/test_wheel.py

browser-test: $(STAMP) ## open the site in Chromium (Debian: apt-get install chromium chromium-driver)
	$(BIN)/python -m pytest -m browser tests/docs_site

# Spark, Dask, Polars and others live in an environment of their own, so that no test passes by their grace.
$(READERS)/.installed: pyproject.toml
	$(PYTHON) -m venv $(READERS)
	@echo "Installing the other readers into $(READERS) (a minute or two) ..."
	$(READERS)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,interop]'
	@touch $@

interop-test: $(READERS)/.installed ## read our files with DuckDB, Polars, Dask, Spark, GeoPandas, LibreOffice
	$(READERS)/bin/python -m pytest -m interop tests/test_interop.py

$(MUTATION)/.installed: pyproject.toml
	$(PYTHON) -m venv $(MUTATION)
	@echo "Installing the tools of mutation testing into $(MUTATION) (a minute) ..."
	$(MUTATION)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,mutation]'
	@touch $@

mutation: $(MUTATION)/.installed ## change the core of the code in hundreds of ways, and see which the tests miss
	@mkdir -p build
	@rm -rf mutants
	$(MUTATION)/bin/mutmut run --max-children 2 > build/mutation.log 2>&1
	$(MUTATION)/bin/python tests/mutants.py

nightly: mutation $(STAMP) ## mutation testing, twenty thousand mutated cells for the two validators, data at ten times and at a million claims
	KURSK_EVENTS_MUTATIONS=20000 $(BIN)/python -m pytest tests/test_two_validators.py
	$(BIN)/python -m pytest -m nightly tests/test_scale.py

BASE ?=
FORMAT ?= text
check: $(STAMP) ## check the records; BASE=revision also holds its ids
	@$(BIN)/kursk-events check --format $(FORMAT) $(if $(BASE),--base $(BASE))

fmt: $(STAMP) ## put records and code into canonical form
	$(BIN)/kursk-events fmt
	$(BIN)/ruff format src tests
	$(BIN)/ruff check --fix src tests

ledger: $(STAMP) ## write the number of rows of each table into the tests' ledger
	$(BIN)/python -c 'import kursk_events as ke; print("table,rows"); [print(f"{n},{len(f)}") for n, f in ke.load_all().items()]' > tests/data/row_counts.csv

studies: $(STAMP) ## run the worked studies, rewrite what they show and their pictures
	$(BIN)/python tests/studies.py

derived: ledger coverage studies pictures ## rewrite all that is computed from the records and committed

coverage: $(STAMP) ## rewrite the computed parts of the coverage pages and of the known gaps
	$(BIN)/python -m kursk_events.site.coverage

wheel: $(STAMP) ## build sdist and wheel into dist/
	$(BIN)/python -m build

docs: $(STAMP) ## build the documentation site into build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

screens: docs ## take the README's pictures of the site (Debian: apt-get install chromium chromium-driver)
	$(BIN)/python tests/screens.py

pictures: $(STAMP) ## draw the pictures of the page on charts
	$(BIN)/python docs/draw_pictures.py

serve: $(STAMP) ## show the documentation site on this machine
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs serve

explorer: ## rebuild the explorer's script and map from their sources (needs Node.js)
	cd docs/explorer && npm install --no-package-lock --no-audit --no-fund && node build.mjs

clean: ## remove what the other commands made
	rm -rf $(VENV) $(READERS) $(MUTATION) mutants build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.PHONY: mutation derived help build test package-test browser-test interop-test nightly check fmt ledger studies coverage wheel docs screens pictures serve explorer clean
