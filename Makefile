# Only Python 3.11+ (with venv) and make are assumed; everything else is fetched by `make setup`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
BUILT := webapp/static/built/.stamp
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
PYTEST := $(BIN)/python -m pytest

# Where the machine keeps its certificates, pip, uv and npm use them like every other program.
CERTIFICATES := $(firstword $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt))
ifneq ($(CERTIFICATES),)
export SSL_CERT_FILE ?= $(CERTIFICATES)
export PIP_CERT ?= $(CERTIFICATES)
export NODE_EXTRA_CA_CERTS ?= $(CERTIFICATES)
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1
# Some images turn it on; then every server and every test process compiles all modules anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

# ---------------------------------------------------------------- set up

.PHONY: setup
setup: $(STAMPS)/system $(STAMPS)/bihuan $(BUILT) ## install everything, build the front end; again only what changed

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Expected Python 3.11 or later, but $(PYTHON) is $$($(PYTHON) --version)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

# uv comes from the same lock file, by its own hashes, and then installs the rest at once.
$(STAMPS)/python: requirements/dev.txt | $(STAMPS)/venv
	@awk '/^uv==/ {on=1} on {print} on && !/\\$$/ {exit}' $< > $(VENV)/uv.txt
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r $(VENV)/uv.txt
	$(BIN)/uv pip install --python $(BIN)/python --require-hashes -r $<
	@touch $@

$(STAMPS)/bihuan: pyproject.toml $(STAMPS)/python
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/system: .ci/system-parts | $(STAMPS)/venv
	.ci/system-parts
	@touch $@

node_modules/.stamp: package.json package-lock.json .npmrc $(STAMPS)/python
	$(NODE) npm ci --no-progress
	@touch $@

$(BUILT): node_modules/.stamp $(shell find webapp/assets webapp/templates -type f 2>/dev/null)
	$(NODE) npm run --silent build
	@touch $@

.PHONY: assets
assets: $(BUILT) ## build the front-end bundle

.PHONY: locks
locks: $(STAMPS)/python ## lock the dependencies anew after a change of requirements/*.in or package.json (U=1: upgrade all)
	$(BIN)/uv pip compile $(LOCK) requirements/runtime.in -o requirements/runtime.txt
	$(BIN)/uv pip compile $(LOCK) -c requirements/runtime.txt requirements/dev.in -o requirements/dev.txt
	$(NODE) npm install --package-lock-only

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header \
  --no-emit-index-url --no-emit-find-links $(if $(U),--upgrade)

# ---------------------------------------------------------------- run

.PHONY: run
run: setup ## start the demonstration zone at http://127.0.0.1:8000
	exec $(BIN)/bihuan demo

.PHONY: migration
migration: setup ## write a migration from the models: make migration M="add the seal column"
	@test -n '$(M)' || { echo 'Expected M="words that say what changes", but it is empty'; exit 1; }
	$(BIN)/bihuan db revision '$(M)'

# ---------------------------------------------------------------- check and test

.PHONY: format
format: setup ## write every file as the formatter wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

.PHONY: check
check: setup ## format, lint, types, imports, contracts
	@$(MAKE) -j2 --output-sync=target types lint

.PHONY: types
types:
	$(BIN)/mypy

.PHONY: lint
lint:
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(PYTEST) -q tests/contracts

.PHONY: test
ifdef T
test: setup
	$(PYTEST) $(T)
else
test: check ## everything (check, then every test), or one part: make test T=tests/engine
	$(PYTEST) -n 2 --dist worksteal --ignore=tests/contracts
endif

.PHONY: browser
browser: setup ## only the tests that drive a browser
	$(PYTEST) -m browser

.PHONY: walks
walks: setup ## a thousand random walks of whole cases against the model: make walks [N=200 FROM=5000]
	$(BIN)/python -m tests.walks $(or $(N),1000) $(or $(FROM),0)

.PHONY: walks-faults
walks-faults: setup ## plant faults in diagrams and code and let random walks find each
	$(BIN)/python -m tests.walks.mutants $(N)

.PHONY: chaos
chaos: setup ## kill, cut off, fill up, mislead the servers at work, then check all: make chaos [N=2000 ROUND=sqlite]
	$(BIN)/python -m tests.chaos $(or $(N),500) $(ROUND)

.PHONY: fuzz
fuzz: setup ## feed the expression engine, decision documents and the deploy gate made-up input: make fuzz [SECONDS=600 SEED=1]
	$(BIN)/python -m tests.fuzzing $(or $(SECONDS),600) $(or $(SEED),0)

.PHONY: pages
pages: setup ## look at every kind of page as its people, on every screen and on paper: make pages [SAVE=directory]
	$(BIN)/python -m tests.browser.every_page $(if $(SAVE),--save $(SAVE))

.PHONY: bench
bench: setup ## measure sign-offs beside their floors, into docs/performance.md: make bench [DB=postgresql://…]
	$(PYTEST) tests/bench/real_servers.py
	$(BIN)/bihuan bench signoff --write docs/performance.md $(if $(DB),--db sqlite-full --db sqlite-normal --db $(DB))

.PHONY: docs
docs: setup ## write the documentation as web pages into site/, open site/index.html
	$(BIN)/python docs/web_pages.py

.PHONY: docs-licences
docs-licences: setup ## write the pages of the licences from the locks
	$(BIN)/python docs/licences.py

.PHONY: docs-settings
docs-settings: setup ## write the pages of the settings from the code
	$(BIN)/python docs/settings.py

.PHONY: docs-statutes
docs-statutes: setup ## write the pages of what is proved of the diagrams
	$(BIN)/python docs/statutes.py

.PHONY: docs-api
docs-api: setup ## write the reference of the interface from its description
	$(BIN)/python docs/api_reference.py

.PHONY: api-fuzz
api-fuzz: setup ## send every call of the interface made-up requests, other ones each time: make api-fuzz [N=200]
	BIHUAN_API_EXAMPLES=$(or $(N),200) $(PYTEST) tests/api/test_conformance.py

.PHONY: docs-screenshots
docs-screenshots: setup ## take the pictures of the guides again
	$(BIN)/python docs/screenshots.py
