# Every target sets up what it needs: an environment in .venv from the hashed lock.
.DEFAULT_GOAL := help
PYTHON ?= python3
USER_ENV := .venv/.ready-user
DEV_ENV := .venv/.ready-dev
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet
OUT ?= report

.PHONY: help run quick test mutants lint types docs bench audit pythons coastline picture lock clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

.venv/bin/python:
	$(PYTHON) -m venv .venv

$(USER_ENV): requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@.venv/bin/python -m compileall -q src # pip compiles what it copies, not what it links to
	@touch $@

$(DEV_ENV): requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(USER_ENV)

run: $(USER_ENV) ## evaluate the bundled case: verdicts here, the report in $(OUT)/, its address last
	@.venv/bin/tumen run --format html --out '$(OUT)'
	@.venv/bin/python -c 'import pathlib, sys; print(pathlib.Path(sys.argv[1], "report.html").resolve().as_uri())' '$(OUT)'

# What is quick is chosen by rooms, without the files that try thousands of inputs or simulate for long.
QUICK := src tests/architecture tests/case tests/judge tests/measure tests/test_errors.py tests/test_run.py tests/test_writing.py
LONG := test_strange_files or test_record_files or test_numbers or test_measuring or test_coupling or test_change or test_monitor

quick: $(DEV_ENV) ## the tests that need less than a minute
	.venv/bin/python -m pytest -q -n 2 --dist loadgroup -m "not spark and not browser" -k "not ($(LONG))" $(QUICK)

test: $(DEV_ENV) ## the whole test suite
	.venv/bin/python -m pytest -n 2 --dist loadgroup

mutants: $(DEV_ENV) ## change each line of the modules that pyproject.toml names, and list the changes that no test sees
	.venv/bin/mutmut run --max-children 2
	.venv/bin/mutmut results

lint: $(DEV_ENV) types ## style, dead code, security patterns, types
	.venv/bin/ruff check src tests benchmarks tools docs
	.venv/bin/ruff format --check src tests benchmarks tools docs

audit: $(DEV_ENV) ## known vulnerabilities in the locked versions (needs a network)
	.venv/bin/python -m tools.audit requirements.lock requirements-dev.lock

pythons: $(DEV_ENV) ## the bundled case on each Python that pyproject.toml names and this machine has (needs a network)
	.venv/bin/python -m tools.pythons

types: $(DEV_ENV) ## mypy, strict
	.venv/bin/mypy

docs: $(DEV_ENV) ## the documentation, built strictly, in docs/_build/html
	.venv/bin/sphinx-build --quiet -W --keep-going -b html docs docs/_build/html

bench: $(DEV_ENV) ## time and memory, as ratios to a bare interpreter and a plain scan
	.venv/bin/python -m benchmarks

coastline: $(DEV_ENV) ## make the coastline that the package carries anew (needs npm)
	mkdir -p docs/_build/coastline
	cd docs/_build/coastline && npm pack --silent world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
	.venv/bin/python -m tools.coastline docs/_build/coastline/package/land-10m.json src/tumen/sea/shore/coastline.npz

picture: $(DEV_ENV) ## draw the bundled case's claims anew, for README and the documentation
	.venv/bin/python -m tools.overview docs/overview.svg

lock: ## renew both locks (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet pyproject.toml --group build -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet pyproject.toml --all-extras --group build --group dev --group docs -o requirements-dev.lock

clean: ## remove what was made, the environment included
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache docs/_build report mutants
