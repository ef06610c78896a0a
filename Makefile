# Two commands for a stranger: `make demo` and `make test`. Debian 12 with Python 3.11 and make is enough.

PORT ?= 8000
HOST ?= 127.0.0.1
JOBS ?=
WORKERS ?= auto
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo setup test lint types bench corpus clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.installed ## index the sample library and serve it on http://127.0.0.1:8000 (PORT= changes it)
	$(BIN)/tipsearch --index index index corpus.sample $(if $(JOBS),--jobs $(JOBS))
	$(BIN)/tipsearch --index index serve --host $(HOST) --port $(PORT)

setup: $(VENV)/.dev ## make .venv ready for work

test: $(VENV)/.dev ## run every test, in a browser and with tesseract too where they can be had
	@sh tools/ensure-browser.sh
	@sh tools/ensure-tesseract.sh
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(VENV)/.dev ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev ## the benchmarks, to benchmarks/results/*.json
	$(BIN)/python benchmarks/pipeline.py
	$(BIN)/python benchmarks/queries.py
	$(BIN)/python benchmarks/extraction_table.py
	$(BIN)/python benchmarks/tags.py
	$(BIN)/python benchmarks/engines.py --pages 20000
	$(BIN)/python benchmarks/web.py --seconds 4
	$(BIN)/python benchmarks/widget.py

clean: ## remove .venv and what was indexed
	rm -rf $(VENV) index/catalogue.sqlite* index/engine index/lock

$(VENV)/.installed: pyproject.toml
	@sh tools/make-venv.sh "$(PYTHON)" "$(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable '.[test,lint]'
	@touch $@
