# 惠民贷 legal escalation and document service. `make` or `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8080
WORKERS ?= $(shell nproc | awk '{ print ($$1 < 2 ? 2 : ($$1 > 6 ? 6 : $$1)) }')
unexport PYTHONDONTWRITEBYTECODE # a command starts three times faster with compiled modules

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test pictures check bench lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: .venv/.installed .fonts/stamp.json ## system libraries and fonts (as root), virtual environment, typefaces

.venv/.installed: requirements/bootstrap.txt requirements/dev.txt pyproject.toml setup/system.sh
	@sh setup/system.sh "$(PYTHON)"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	@echo "==> Python packages (pinned and hashed)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements/bootstrap.txt requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.fonts/stamp.json: setup/fonts.py .venv/.installed
	@$(BIN)/python setup/fonts.py
	@touch $@

demo: setup ## the main job on a sample portfolio: from loan tape to filed, redacted, verifiable package
	@$(BIN)/legal demo --out demo-out

serve: setup ## pages and API on http://127.0.0.1:8080/ with the sample portfolio (or LEGAL_INSTANCE); PORT= HOST= to change
	@if [ -z "$${LEGAL_INSTANCE:-}" ]; then \
	  if [ ! -f demo-out/instance/keys/demo-logins.json ] || [ ! -d demo-out/packages ]; then \
	    echo "==> 首次运行：先制作虚构样例 first run: making the sample portfolio in demo-out/ (make demo)" >&2; \
	    $(BIN)/legal demo --out demo-out >&2; \
	  fi; \
	  export LEGAL_INSTANCE=demo-out/instance; \
	  $(BIN)/legal init >&2; \
	fi; \
	echo "==> 实例 instance: $$LEGAL_INSTANCE" >&2; \
	exec $(BIN)/legal serve --host $(HOST) --port $(PORT)

test: setup ## all tests; PostgreSQL is started on loopback by the tests themselves
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder tests
	@$(BIN)/python -m pytest -q -o addopts="" --doctest-modules --import-mode=importlib legal_service

pictures: setup ## the guide's pictures of every page anew, by the browser tests
	@LEGAL_PICTURES=1 $(BIN)/python -m pytest tests/browser/test_pages.py

check: setup ## ruff, formatting, types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: setup ## benchmarks against a peer measured in the same run; ONLY=name for one
	@$(BIN)/python -m benchmarks $(if $(ONLY),--only $(ONLY))

lock: ## pin and hash the requirements anew
	@$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-annotate --no-header --quiet --python-version 3.11 -o requirements/dev.txt
	@$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-annotate --no-header --quiet --python-version 3.11 -o requirements/runtime.txt

clean: ## remove what was built (not the instance)
	@rm -rf .venv .fonts build demo-out .pytest_cache .mypy_cache .ruff_cache
