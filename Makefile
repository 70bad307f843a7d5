# One command each; everything is set up by itself in .venv, from Python 3.11 or newer and nothing else.
#   make up PYTHON=python3.13        choose the interpreter        make up ARGS="--port 7071"   pass flags to `spanhouse up`

IS_RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
    $$p -c '$(IS_RECENT)' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PY := $(BIN)/python
NPM := $(PY) hatch_build.py npm
NODE_TESTS := $(patsubst %/package-lock.json,%,$(wildcard tests/e2e/package-lock.json tests/node/package-lock.json))

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install page node up demo test check format-check lint types layers format
.PHONY: ui-packages ui-test ui-check ui-unit js js-packages js-test bench test-libraries soak openapi clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1|/' | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

install: .venv/.installed
.venv/.installed: pyproject.toml
	@test -n "$(PYTHON)" || { echo "spanhouse needs Python 3.11 or newer, and none of python3, python3.11 ... python3.14 is; install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c '$(IS_RECENT)' || { echo "spanhouse needs Python 3.11 or newer; PYTHON=$(PYTHON) is not" >&2; exit 1; }
	@$(PY) -c '$(IS_RECENT)' 2>/dev/null || $(PYTHON) -m venv --clear .venv || { echo "$(PYTHON) could not make .venv; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "installing into .venv (about 300 MB the first time)"
	@SPANHOUSE_SKIP_UI=1 $(PY) -m pip install -e '.[server,dev]'
	@touch $@

page: install ## build ui/ into query/static/, if it changed
	@$(PY) hatch_build.py page

node: install
	@$(if $(NODE_TESTS),$(PY) hatch_build.py ci $(NODE_TESTS))

up: page ## start everything on this machine and say where it listens
	@exec $(BIN)/spanhouse up $(ARGS)

demo: install ## send a realistic mix to a running server
	@exec $(BIN)/spanhouse demo $(ARGS)

test: install ## everything a change must pass; every step runs, pytest's summary comes last
	@failed=; \
	$(MAKE) --no-print-directory -k page node js || failed="$$failed page"; \
	$(MAKE) --no-print-directory -k check || failed="$$failed check"; \
	$(MAKE) --no-print-directory -k ui-test || failed="$$failed ui-test"; \
	$(MAKE) --no-print-directory -k js-test || failed="$$failed js-test"; \
	$(PY) -m pytest $(ARGS) || failed="$$failed pytest"; \
	test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

check: format-check lint types layers ## format, lint, types, layers: changes nothing
format-check: install
	$(BIN)/ruff format --check .
lint: install
	$(BIN)/ruff check .
types: install
	$(BIN)/mypy
layers: install
	$(BIN)/lint-imports

format: install ## let ruff rewrite what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

ui-packages: install
	@$(PY) hatch_build.py ci ui
ui-test: ui-check ui-unit ## types, lint and unit tests of the page
ui-check: ui-packages
	$(NPM) ui run check
ui-unit: ui-packages
	$(NPM) ui run test

js-packages: install
	@$(PY) hatch_build.py ci instrumentation/js
js: js-packages ## build @spanhouse/sdk, the package for Node
	$(NPM) instrumentation/js run build
js-test: js ## types, lint and tests of @spanhouse/sdk
	$(NPM) instrumentation/js run check
	$(NPM) instrumentation/js run test

bench: page ## list the benchmarks, or run one: make bench ARGS=ingest
	@exec $(PY) -m tests.bench $(ARGS)

test-libraries: install ## each traced library's own package against the fake provider, in locked environments
	@$(PY) tests/instrumentation/environments.py $(ARGS)

soak: install ## kill the collector 200 times under load
	$(PY) -m pytest -m soak -o faulthandler_timeout=0 $(ARGS)

openapi: ui-packages ## regenerate query/openapi.json and the page's types
	$(PY) -m spanhouse.query.openapi > query/openapi.json
	$(NPM) ui run types

clean: ## remove .venv, the built page and every cache; keeps data
	rm -rf .venv query/static ui/node_modules ui/dist tests/*/node_modules build dist
	rm -rf instrumentation/js/node_modules instrumentation/js/dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
