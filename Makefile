# The two commands are `make site` and `make test`; `make help` lists the others.

VENV ?= .venv
PYTHON ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes \
	--python-version 3.11 --no-emit-index-url --custom-compile-command 'make lock' \
	--group build pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help site serve test fuzz mutants check words bench bench-reader lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

site: $(VENV)/.installed ## check the content and build site/
	@$(BIN)/casebook build

serve: $(VENV)/.installed ## look at the site while writing; it reloads by itself
	@$(BIN)/casebook serve

test: $(VENV)/.installed-for-tests tests/html_validate/node_modules/.installed ## run every test, in a browser too
	@$(BIN)/python tests/chromium.py
	@$(BIN)/python tests/firefox.py
	@$(BIN)/python tests/admin_package.py
	@$(BIN)/pytest -n auto --dist loadfile

fuzz: $(VENV)/.installed-for-tests ## the randomised tests, with twenty times as many examples
	@CASEBOOK_FUZZ=20 $(BIN)/pytest -n auto $$(grep -l FUZZ tests/test_*.py)

mutants: $(VENV)/.installed-for-tests ## break the code in many places, and count what the tests notice; it takes long
	$(BIN)/python tests/mutants.py
	$(BIN)/python tests/unasked.py

check: $(VENV)/.installed-for-tests ## check the code: style, types, which module may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_architecture.py

words: $(VENV)/.installed-for-tests ## renew the catalogues: the words of the interface, by language
	$(BIN)/python tests/words.py

bench: $(VENV)/.installed-for-bench bench/eleventy/node_modules/.installed bench/astro/node_modules/.installed
bench: ## compare with Hugo, MkDocs, Eleventy and Astro; it takes long
	@$(BIN)/python -m bench --report docs/performance.md

bench-reader: $(VENV)/.installed-for-tests ## measure the reader's side of 300, 1,000 and 10,000 cases in a browser
	@$(BIN)/python -m bench.reader

lock: $(VENV)/.installed-for-tests ## renew the pinned requirements
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --extra bench --constraint requirements.txt --output-file requirements-bench.txt

clean: ## delete what was built and every cache; the environment stays
	rm -rf site site-internal .site.casebook* .site-internal.casebook* .casebook-cache build dist
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find bench generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@echo 'installing what casebook needs into $(VENV)'
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.installed-for-tests: requirements-dev.txt $(VENV)/.installed
	@echo 'installing what the tests need into $(VENV)'
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.installed-for-bench: requirements-bench.txt $(VENV)/.installed
	@echo 'installing what the comparison needs into $(VENV)'
	@$(PIP) install --require-hashes -r requirements-bench.txt
	@touch $@

# Without npm nothing is installed: the tests and the comparison go on, and say what is left out.
tests/html_validate/node_modules/.installed: tests/html_validate/package-lock.json
	@if command -v npm >/dev/null; then \
	  echo 'installing what checks the HTML into $(@D)'; \
	  cd $(<D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && \
	  touch node_modules/.installed; \
	fi

bench/%/node_modules/.installed: bench/%/package-lock.json
	@if command -v npm >/dev/null; then \
	  echo 'installing what the comparison needs into $(@D)'; \
	  cd $(<D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && \
	  touch node_modules/.installed; \
	fi

# The first Python that is new enough and whole: Debian's comes without venv's other half.
$(BIN)/python:
	@young= ; whole= ; \
	for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  young=$$python; \
	  $$python -c 'import venv, ensurepip' 2>/dev/null && whole=$$python && break; \
	done; \
	if [ -z "$$young" ]; then \
	  echo 'casebook needs Python 3.11 or newer, and there is none here: install it, then' \
	    'run make again (a Python with another name: make PYTHON=/path/to/python)' >&2; exit 1; \
	elif [ -z "$$whole" ]; then \
	  echo "$$young is here, but without its venv module: install it, then run make again" \
	    '(on Debian and Ubuntu: apt install python3-venv)' >&2; exit 1; \
	fi; \
	echo "making $(VENV) with $$whole"; \
	$$whole -m venv --clear '$(VENV)' || { rm -rf '$(VENV)'; exit 1; }
