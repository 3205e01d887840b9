# `make run` and `make test` set up what they need and then do it. make itself ends with 2 whenever something fails: where
# sekisho's own exit code counts, call bin/sekisho. Windows: uv run sekisho run.
UV := .tools/bin/uv

# Python may keep what it compiles: without, each of the processes of a run compiles 2,000 files (three fifths of a start)
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup run explore test lint bench soak matrix mutants

setup:
	@scripts/setup.sh

run: setup
	@bin/sekisho run $(ARGS)

test:
	@scripts/setup.sh tests
	$(UV) run --no-sync pytest tests -n auto --dist loadgroup $(ARGS)

lint: setup
	$(UV) run --no-sync ruff check
	$(UV) run --no-sync ruff format --check
	$(UV) run --no-sync mypy
	$(UV) run --no-sync lint-imports --no-cache

bench: setup
	@$(UV) run --no-sync python -m bench

# Faults, orders of two tabs, boundaries of days, and walks: docs/explore.md
explore: setup
	@bin/sekisho explore $(ARGS)

# Whole runs on a busy machine, and kill -9 at random moments: see docs/illness.md
soak: setup
	@$(UV) run --no-sync python -m bench.soak $(ARGS)

# Browsers and systems against results: see scripts/matrix.py --help
matrix: setup
	@$(UV) run --no-sync python scripts/matrix.py $(ARGS)

# Small changes of the mock's rules, each of which a scenario must notice: docs/mutants.md
mutants: setup
	@$(UV) run --no-sync python -m tests.mutants $(ARGS)
