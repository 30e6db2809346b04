# `make help` lists what there is to do. Works with the make of macOS (3.81), too.

HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= var
export HOST PORT DATA_DIR
# Where it is set, each of many processes would compile all of the code anew.
export PYTHONDONTWRITEBYTECODE =

PYTHON = .venv/bin/python
TEMPLATES = $$(find templates -name "*.html")

.DEFAULT_GOAL = help
.PHONY: help read editor moderator test test-postgres check format bench faults lock vendor clean run-tools dev-tools

help:
	@echo "make read           set up, bring in the essays of content/, serve at http://localhost:$(PORT)/"
	@echo "make editor         create an account for the desk at /admin/; make moderator, for notes only"
	@echo "make test           set up what the tests need, a browser included, and run them all"
	@echo "make test-postgres  run those that use a database once more, on PostgreSQL and Redis"
	@echo "make check          format, lint, types, migrations, settings, templates"
	@echo "make format         mend what check says of format and lint, where a machine can"
	@echo "make bench          measure the reading page and the anchoring of notes"
	@echo "make faults         let disks, locks, processes and databases fail while readers write"
	@echo "make lock           choose the newest libraries that requirements*.in allow"
	@echo "make vendor         fetch the vendored scripts and fonts anew"
	@echo "make clean          remove all that was installed; what the site keeps stays"
	@echo ""
	@echo "HOST=$(HOST) PORT=$(PORT) DATA_DIR=$(DATA_DIR)"
	@echo "Give others behind the command, as in: make read PORT=8001 DATA_DIR=var2"

read: run-tools
	@exec $(PYTHON) -m scripts.read

editor: run-tools
	@exec $(PYTHON) -m scripts.editor

moderator: run-tools
	@exec $(PYTHON) -m scripts.editor moderator

test: dev-tools
	$(PYTHON) -m scripts.provision
	$(PYTHON) -m pytest tests --ignore=tests/browser -n 2 --dist worksteal $(ARGS)
	$(PYTHON) -m pytest tests/browser -n 2 --dist worksteal $(ARGS)

test-postgres: dev-tools
	$(PYTHON) -m scripts.provision
	$(PYTHON) -m tests.postgres -m pytest tests --ignore=tests/browser -n 2 --dist worksteal $(ARGS)

check: export DATA_DIR = .cache/check
check: dev-tools
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	$(PYTHON) -W error manage.py makemigrations --check --dry-run
	SITE_URL=https://essays.example.org $(PYTHON) manage.py check --deploy --fail-level WARNING
	.venv/bin/djade --check --target-version 6.1 $(TEMPLATES)

format: dev-tools
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	.venv/bin/djade --target-version 6.1 $(TEMPLATES)

bench: run-tools
	$(PYTHON) -m bench.run
	$(PYTHON) -m bench.anchoring
	$(PYTHON) -m bench.rewriting
	$(PYTHON) -m bench.limits
	$(PYTHON) -m bench.locking

faults: dev-tools
	$(PYTHON) -m scripts.provision
	$(PYTHON) -m bench.faults $(ARGS)

lock:
	scripts/lock

vendor: dev-tools
	$(PYTHON) scripts/vendor.py

clean:
	rm -rf .venv .uv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results

run-tools:
	@scripts/sync requirements.txt

dev-tools:
	@scripts/sync requirements-dev.txt
