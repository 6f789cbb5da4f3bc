# Canvass: every target does its own set-up (tools/bootstrap.sh, tools/prepare.py); `make help` lists them.

PY := .venv/bin/python
READY := sh tools/bootstrap.sh
# More for the program or for pytest, for example: make test ARGS="tests/ledger -k clock"
ARGS ?=
# Where `make reference` reads the public data that the program's reference tables are made of.
DATA ?= ../shared/data
# One more than there are cores: a fifth of the tests' time is waiting for a disk or another process.
WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1 )))

# Where it is set, every process that the tests start compiles the whole program anew, and every run all the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test proof bench lint lock build reference demo-data translations clean
.DEFAULT_GOAL := help

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-14s %s\n' "$$name" "$$text"; done

run: ## Open Canvass on the demo campaign; without a screen, take a picture of every screen
	@$(READY) run
	@$(PY) tools/translations.py
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
		exec .venv/bin/canvass-app demo $(ARGS); \
	else \
		QT_QPA_PLATFORM=offscreen .venv/bin/canvass-app tour --out out/tour $(ARGS) && \
		echo "There is no screen here. The pictures of every screen are in out/tour"; \
	fi

test: lint ## All checks and the whole test suite
	@$(PY) tools/translations.py
	@$(PY) -m pytest -n $(WORKERS) $(ARGS)

proof: ## The tests at the sizes that the issues name (slow)
	@$(READY) dev
	@$(PY) tools/translations.py
	@$(PY) -m pytest -m proof -n $(WORKERS) --timeout 3600 -o faulthandler_timeout=0 $(ARGS)

bench: ## Measure what has a limit, beside its peers (ARGS=sync: that measure alone)
	@$(READY) dev
	@$(PY) tools/translations.py
	@$(PY) tools/bench_peers.py
	@$(PY) -m benchmarks $(ARGS)

lint: ## Style, formatting, the floors between the rooms, types
	@$(READY) dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/pyright

lock: ## Write requirements*.txt anew from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(READY) dev
	@$(PY) tools/lock.py $(ARGS)

build: ## A folder that runs without Python, in dist/canvass-app, proven by its own tour
	@$(READY) build
	@$(PY) tools/translations.py
	@$(PY) -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build build_installer.spec
	@QT_QPA_PLATFORM=offscreen dist/canvass-app/canvass-app tour --out out/built-tour
	@echo "The program is dist/canvass-app/canvass-app; the pictures that it took of itself are in out/built-tour"

reference: ## Make the reference tables of resources/ from the public data in DATA
	@$(READY) run
	@$(PY) -m canvass_app.imports.reference $(DATA) $(ARGS)

demo-data: ## Make the invented riding of the demo campaign anew from its seed
	@$(READY) run
	@$(PY) -m canvass_app.services.demo.build $(ARGS)

translations: ## Compile the French texts; refuses an unfinished one
	@$(READY) run
	@$(PY) tools/translations.py

clean: ## Remove what was built or measured (not .venv)
	@rm -rf build dist out *.egg-info .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@rm -f resources/translations/*.qm
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
