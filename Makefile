# Yanku: `make run` serves the site, `make test` checks everything.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
export PORT

.PHONY: run run-cluster ocr solr s3 test test-postgres test-slow test-solr test-cluster test-s3 audit lint lint-js types tests unit browser-tests compiled browser messages deploy-check clean

run: $(VENV)/.installed
	$(BIN)/python manage.py bootstrap
	exec $(BIN)/gunicorn --config gunicorn.conf.py corpus_app.wsgi

# For a trial: PostgreSQL, two Solr nodes and two web hosts on loopback, gone after Ctrl+C.
run-cluster: $(VENV)/.installed solr compiled
	@sh tests/with_postgresql.sh $(BIN)/python -m deploy.cluster

# Optional: reads scans and pictures (RapidOCR with its models, 270 MB).
ocr: $(VENV)/.installed-ocr

# Optional: what CORPUS_ENGINE=solr asks a SolrCloud with (docs/decisions/0042-solr.md).
solr: $(VENV)/.installed-solr

# Optional: what CORPUS_FILES_URL shares files with (docs/decisions/0059-object-storage.md).
s3: $(VENV)/.installed-s3

# Lint and types take one core each; the tests take all, and one process more, for browsers and
# other processes are waited for. One run of all tests leaves no core idle at the end of a part.
test:
	@$(MAKE) --no-print-directory -j 2 lint types
	@$(MAKE) --no-print-directory tests

lint: $(VENV)/.installed-dev lint-js
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	git ls-files "templates/*.html" | xargs $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python manage.py makemigrations --check --dry-run

# The site needs no Node; its scripts are linted and type-checked where there is one.
lint-js:
	@if command -v npm >/dev/null 2>&1; then $(MAKE) --no-print-directory node_modules/.installed && npm run --silent lint; \
	else echo "No npm here: the scripts in static/js are neither linted nor type-checked."; fi

node_modules/.installed: package-lock.json
	npm ci --silent --no-audit --no-fund
	@touch $@

types: $(VENV)/.installed-dev
	$(BIN)/mypy

tests: $(VENV)/.installed-dev browser compiled
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not slow"

unit: $(VENV)/.installed-dev compiled
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not slow" --ignore tests/browser

# The tests that touch a database on PostgreSQL, on a server of its own that is gone afterwards.
test-postgres: $(VENV)/.installed-dev compiled
	@sh tests/with_postgresql.sh $(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not slow or server"

browser-tests: $(VENV)/.installed-dev browser compiled
	$(BIN)/pytest -q -n 2 --dist loadfile -m "not slow" tests/browser

# What takes long and seldom breaks: kills, crowds, hostile sets, property tests with all their
# examples, every page in its four pictures.
test-slow: $(VENV)/.installed-dev browser compiled
	$(BIN)/pytest -q -n 2 --dist loadfile --thorough --all-pictures -m "(slow or drawn or looks) and not solr"

# The search over a SolrCloud of this machine: Java 17 and Maven, which fetches 84 MB once.
test-solr: $(VENV)/.installed-dev solr compiled
	$(BIN)/pytest -q -m solr tests/solr

# The same cluster, its smoke test alone.
test-cluster: $(VENV)/.installed solr compiled
	@sh tests/with_postgresql.sh $(BIN)/python -m deploy.cluster --smoke

# Files shared through an S3 storage: a server of that protocol of its own, on loopback.
test-s3: $(VENV)/.installed-dev $(VENV)/.installed-s3-server compiled
	$(BIN)/pytest -q -m s3 tests/batches/test_shared_files.py

# The tests start the program a hundred times, and mostly where it may keep no bytecode.
compiled: $(VENV)/.installed
	@$(BIN)/python -m compileall -q corpus_app search

# Compares what is pinned with known advisories (docs/decisions/0031-audit.md).
audit: $(VENV)/.installed-dev
	@$(BIN)/python .ci/audit.py requirements*.txt

# A browser and a Chinese font from the system's packages, where that is allowed.
browser:
	@sh tests/browser/install.sh

# After a change of texts: collect them, translate locale/en, compile (needs gettext).
messages: $(VENV)/.installed
	$(BIN)/python manage.py makemessages --locale en --extension html,txt,xml,py --no-location --ignore var --ignore .venv --ignore node_modules
	$(BIN)/python manage.py compilemessages --ignore .venv --ignore var

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Yanku needs Python 3.11; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.installed-ocr: requirements-ocr.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ocr.txt
	@touch $@

$(VENV)/.installed-solr: requirements-solr.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-solr.txt
	@touch $@

$(VENV)/.installed-s3: requirements-s3.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-s3.txt
	@touch $@

$(VENV)/.installed-s3-server: requirements-s3-server.txt $(VENV)/.installed-s3
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-s3-server.txt
	@touch $@

# Names what a production start lacks, by the settings of the environment it is called in.
deploy-check: $(VENV)/.installed
	@$(BIN)/python -m corpus_app.operations.deploy_check

clean:
	rm -rf $(VENV) .solr node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
