# Every target's line of help stands behind its name.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3.11
SEEDS ?= 20
FRAMES ?= 10000000
ROUNDS ?= 1
SEED ?= 1
COMMA := ,
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

.DEFAULT_GOAL := help
.PHONY: help install demo test lint release solutions notebooks grade submissions-named dataset-preview
.PHONY: thorough catalogue stand-ins mutants attacks chaos fuzz bench clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

define install_with
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: make PYTHON=/path/to/it"; exit 1; }
	@echo "Installing into $(VENV), this takes a few minutes ..."
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(1)]'
endef

$(VENV)/installed: pyproject.toml constraints.txt
	$(call install_with,dev)
	touch $@

$(VENV)/pytorch: pyproject.toml constraints.txt
	$(call install_with,dev$(COMMA)pytorch$(COMMA)cluster)
	touch $(VENV)/installed $@

install: $(VENV)/pytorch ## Install all that the other targets need

demo: release ## Make the release, grade the example class, print the table and the report's path
	$(BIN)/python -m autograder grade submissions --jobs $(JOBS) --html build/report \
		--csv build/points.csv --json build/results.json

test: $(VENV)/pytorch ## Run the whole test suite
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST)

thorough: PYTEST := --seeds 5
thorough: test ## Run the whole test suite, with all of the lists that `make test` samples

catalogue: $(VENV)/pytorch ## Ask every known mistake and accepted style with SEEDS=20 seeds
	$(BIN)/python -m pytest tests/diagnosis/test_catalogue.py tests/local/test_mistakes.py \
		-n $(JOBS) --seeds $(SEEDS)

stand-ins: $(VENV)/pytorch ## Break each subset of what each task needs: each costs its own points
	$(BIN)/python -m pytest tests/grading/test_stand_ins.py tests/grading/test_broken_parts.py \
		-n $(JOBS) --all-subsets

lint: $(VENV)/installed ## Run ruff, mypy and import-linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

release: $(VENV)/pytorch ## Strip the solutions, prove it, write release/ and its zip
	$(BIN)/python -m autograder release

solutions: $(VENV)/pytorch ## Run all notebooks with their solutions, into solutions/
	$(BIN)/python -m autograder solutions

notebooks: $(VENV)/pytorch ## Run every cell of every notebook in short mode
	$(BIN)/python -m autograder solutions --short

grade: submissions-named $(VENV)/installed ## Grade SUBMISSIONS=folder-or-zips into build/
	$(BIN)/python -m autograder grade $(SUBMISSIONS) --jobs $(JOBS) --html build/report \
		--csv build/points.csv --json build/results.json

submissions-named:
	@$(if $(SUBMISSIONS),true,echo "Say what to grade: make grade SUBMISSIONS=folder-or-zips" >&2; exit 2)

dataset-preview: $(VENV)/installed ## Draw ten classes of the embedded data set into build/dataset.png
	@mkdir -p build
	$(BIN)/python -m datasets preview build/dataset.png

mutants: $(VENV)/pytorch ## Make small mistakes in the solution, and name those that no check notices
	$(BIN)/python -m mutants $(JOBS)

attacks: $(VENV)/pytorch ## Hand in hostile work in every tier, here and as in a container, with a table
	@mkdir -p build
	PYTHONPATH=tests $(BIN)/python -m attacks > build/attacks.md; status=$$?; cat build/attacks.md; exit $$status

chaos: $(VENV)/pytorch ## Kill, stop, fill and lock while 2,000 submissions are graded: the table stays the same
	$(BIN)/python -m chaos --jobs $(JOBS) --rounds $(ROUNDS) --seed $(SEED)

fuzz: $(VENV)/pytorch ## Vary FRAMES=10000000 frames of the wire, guided by what they reach
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m fuzz --frames $(FRAMES) --processes $(JOBS)

bench: $(VENV)/pytorch ## Time the sandbox, a large class, other graders, kernels, fast layers, similarity
	$(BIN)/python -m benchmarks.sandbox
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.scale 1000
	$(BIN)/python -m benchmarks.parts
	$(BIN)/python -m benchmarks.kernel
	$(BIN)/python -m benchmarks.layers
	$(BIN)/python -m benchmarks.similarity

clean: ## Remove everything that was generated
	rm -rf build graded release/*/ release/*.zip solutions/*/ $(VENV)
