# Two commands set everything up: `make demo` and `make test`.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test lint reports clean

demo: $(VENV)/.installed
	$(BIN)/cleankit clean seeds/dirty -o out/demo
	$(BIN)/cleankit link out/demo
	$(BIN)/cleankit validate out/demo/briefings out/demo/joined
	$(BIN)/cleankit restore out/demo --check
	@echo
	@echo "Look at out/demo: text/ (cleaned), briefings/ and joined/ (JSON), ledger/ (every finding), run.json (counts)."
	@echo "What happened to a line: $(BIN)/cleankit explain out/demo/text/summit-briefing.txt:3"
	@echo "Before and after: diff seeds/dirty/summit-briefing.txt out/demo/text/summit-briefing.txt"

test: $(VENV)/.tested
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

reports: $(VENV)/.tested
	$(BIN)/python reports/make.py

$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --editable .
	@# as pip does with all that it does not install in place; some environments never write bytecode of their own accord
	$(BIN)/python -m compileall -q cleankit
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(PIP) install --quiet --editable '.[test]'
	@touch $@

clean:
	rm -rf out build dist $(VENV)
