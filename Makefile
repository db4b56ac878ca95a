# What a person repeats. `make` alone lists it. The .venv makes itself from the lock files, and again when they change.
PYTHON ?= python3
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

ifeq ($(OS),Windows_NT)
PY := .venv/Scripts/python
else
PY := .venv/bin/python
endif
PIP := $(PY) -m pip --disable-pip-version-check --no-input
RUNTIME := .venv/.runtime
DEV := .venv/.dev

.PHONY: help dossier check test lint types layers outside thorough pages site messages wheel wheelhouse hygiene lock bench clean

help: ## list what can be made, one line each
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

dossier: $(RUNTIME) ## build the example province: checks, picture and report, into out/
	$(PY) -m kientruc build architecture.yaml -o out

check: lint types layers test ## all that must be green before a commit: lint, types, import layers, tests

test: $(DEV) ## run the tests (no other program than Python is needed)
	$(PY) -m pytest -n 2 -q

lint: $(DEV) ## read the code with ruff
	$(PY) -m ruff check .

types: $(DEV) ## read the types with mypy, strict
	$(PY) -m mypy

layers: $(DEV) ## see that imports run one way
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

outside: $(DEV) ## run the tests that need other people's programs (Chromium, LibreOffice; installed here if we may)
	@bash tools/chromium.sh
	@bash tools/libreoffice.sh
	@bash tools/shells.sh
	$(PY) -m pytest -q -m outside

thorough: $(DEV) ## run the tests that take many seconds each: kills, floods of rows, many submissions, canaries
	$(PY) -m pytest -n 2 -q -m thorough

pages: $(DEV) ## write the generated pages of docs/ anew: the format, requirements, kinds of check, commands, codes, values, pictures, the Python API
	$(PY) -m tools.make_format_page
	$(PY) -m tools.make_requirement_pages
	$(PY) -m tools.make_reference_pages
	$(PY) -m tools.make_pictures_page
	$(PY) -m tools.make_api_page
	$(PY) -m tools.make_notebook

site: $(DEV) ## write the documentation as a site that opens from disk, into site/: open site/index.html
	$(PY) -m tools.make_site

messages: $(DEV) ## sort and compile the messages, .po to .mo
	@find kientruc -name '*.po' | sort | while read -r po; do \
	  $(PY) -m tools.sort_messages "$$po" || exit 1; \
	  $(PY) -m babel.messages.frontend compile --input-file "$$po" --output-file "$${po%.po}.mo" || exit 1; \
	done

wheelhouse: $(DEV) ## dist/wheelhouse-*: what to carry to computers without a network, for Windows and Linux
	$(PY) -m tools.make_wheelhouse

wheel: $(DEV) ## build the wheel and its bill of materials into dist/; see that every file of kientruc/ is in it
	@rm -rf dist
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	$(PY) tools/check_wheel.py dist/kientruc-*.whl
	$(PY) -m tools.make_sbom

hygiene: ## look for index addresses and machine paths in what would be committed
	bash tools/hygiene.sh

lock: ## write the lock files anew from pyproject.toml (UPGRADE=1: newest of everything)
	PYTHON='$(PYTHON)' bash tools/lock.sh

bench: $(DEV) ## measure the ratios we promise
	$(PY) -m benchmarks

clean: ## remove .venv, dist/ and caches; out/ is yours and stays
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
	find kientruc tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(RUNTIME): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Cần Python 3.11 trở lên; '$(PYTHON)' không phải. Ví dụ: make PYTHON=python3.12 dossier" >&2; \
	  echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. For instance: make PYTHON=python3.12 dossier" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "'$(PYTHON)' thiếu mô-đun venv hoặc pip; trên Debian, Ubuntu: apt install python3-venv" >&2; \
	  echo "'$(PYTHON)' lacks venv or pip; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || { rm -rf .venv && $(PYTHON) -m venv .venv; }
	@rm -f $(DEV)
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@$(PIP) check >/dev/null || { $(PIP) check; echo "requirements.lock does not fit pyproject.toml: make lock" >&2; exit 1; }
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.lock
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
