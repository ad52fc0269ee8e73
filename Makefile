# Needs python3 >= 3.10, pip and a package index; .venv is set up on the first call.
PYTHON ?= python3
CHROMIUM ?= chromium
.PHONY: site serve quick test coverage test-all test-lowest test-wheel bench audit dist lock pictures templates format

site: .venv/ready     # the demo site, in _build/
	.venv/bin/mkdocs build --strict
	@echo "The site is built: open $(CURDIR)/_build/index.html, or see it change with: make serve"

serve: .venv/ready    # the same, rebuilt while you write
	.venv/bin/mkdocs serve

# A file of tests stays on one core, since what is built for it is built once.
PYTEST = CHROMIUM="$(CHROMIUM)" .venv/bin/python -m pytest --numprocesses auto --dist loadfile

quick: .venv/ready    # unit and golden tests, in about a minute: while you write
	$(PYTEST) --quiet tests/model tests/files tests/sidecar tests/anchoring tests/editorial tests/rendering \
		tests/exchange/test_formats.py tests/exchange/test_import_cases.py tests/exchange/test_export_cases.py \
		tests/docs/test_reference.py tests/docs/test_claims.py tests/docs/test_foreign_fields.py \
		tests/test_cases.py tests/test_architecture.py

test: .venv/ready .venv/browser    # everything that must hold
	$(PYTEST)

coverage: .venv/ready .venv/browser    # which lines and branches no test needs; half as long again
	CHROMIUM="$(CHROMIUM)" .venv/bin/coverage run -m pytest --ignore tests/browser
	.venv/bin/coverage report --skip-covered --show-missing

test-all: test coverage test-lowest test-wheel .venv/builders    # and what takes hours: fuzzing, 1,000 kills
	$(PYTEST) --reversed
	CHROMIUM="$(CHROMIUM)" .venv/bin/python -m pytest -m long

# The lowest versions that pyproject.toml allows; what needs a browser or a linter is left to
# `make test`.  Zensical needs newer ones of some packages than we do: so it has its own environment.
test-lowest: .venv-lowest/ready .venv-lowest-zensical/ready
	.venv-lowest/bin/python -m pytest -m "not long and not zensical" tests/model tests/files tests/sidecar \
		tests/anchoring tests/rendering tests/editorial tests/exchange tests/moving tests/links \
		tests/commands tests/hosts tests/any_html tests/writing
	.venv-lowest-zensical/bin/python -m pytest -m zensical $$(grep -rl --include='*.py' mark.zensical tests)

test-wheel: .venv/ready    # as it will be installed: an empty environment, and the demo from it
	rm -rf .venv-wheel _wheel
	$(MAKE) --no-print-directory ENVIRONMENT=.venv-wheel environment
	.venv/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir _wheel .
	.venv-wheel/bin/python -m pip install --quiet "$$(ls _wheel/*.whl)[mkdocs]" mkdocs-material
	cp -r site documentation mkdocs.yml _wheel/
	cd _wheel && ../.venv-wheel/bin/mkdocs build --quiet --strict
	cd _wheel && ../.venv-wheel/bin/mkdocs-annotate check
	test -s _wheel/_build/assets/annotate/annotate.js

# What annotations cost beside other ways to say the same; with QUICK=1 in a minute, and without
# writing site/reference/cost.md.
bench: .venv-bench/ready
	.venv-bench/bin/python tests/benchmarks/bench.py $(if $(QUICK),--quick)

audit: .venv-release/ready    # known faults of what an installation brings along
	.venv-release/bin/pip-audit --strict .

dist: .venv-release/ready    # what is published, and in _sbom/ what an installation holds
	rm -rf dist _sbom .venv-wheel
	.venv-release/bin/python -m build --no-isolation
	$(MAKE) --no-print-directory ENVIRONMENT=.venv-wheel environment
	.venv-wheel/bin/python -m pip install --quiet dist/*.whl
	mkdir _sbom
	.venv-release/bin/cyclonedx-py environment .venv-wheel/bin/python --output-file _sbom/sbom.cdx.json

# Every package of development with its version and the hashes of its files, for all Pythons and
# systems, and without the address of an index.
LOCK = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.10 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock: .venv-lock/ready
	$(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt
	$(LOCK) requirements/lowest.in --output-file requirements/lowest.txt
	$(LOCK) requirements/lowest-zensical.in --output-file requirements/lowest-zensical.txt
	$(LOCK) requirements/release.in --output-file requirements/release.txt
	$(LOCK) requirements/bench.in --output-file requirements/bench.txt

pictures: site .venv/browser    # those of the documentation, of the site as it is
	CHROMIUM="$(CHROMIUM)" .venv/bin/python tests/browser/pictures.py

templates: .venv/ready    # our templates as Python, after a change to one of them
	.venv/bin/python compile_templates.py

format: .venv/ready
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

# Debian's python3 may lack venv, but not pip: then virtualenv does the same.
ENVIRONMENT ?= .venv
.PHONY: environment
environment:
	$(PYTHON) -m venv --clear --upgrade-deps $(ENVIRONMENT) || { \
		$(PYTHON) -m pip install --quiet --target .venv-maker virtualenv && \
		PYTHONPATH=.venv-maker $(PYTHON) -m virtualenv --quiet --clear $(ENVIRONMENT) && \
		$(ENVIRONMENT)/bin/python -m pip install --quiet --upgrade pip; }

# The second line adds nothing as long as the lock is that of pyproject.toml, which a test holds.
.venv/ready: pyproject.toml requirements/dev.txt
	$(MAKE) --no-print-directory ENVIRONMENT=.venv environment
	.venv/bin/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	.venv/bin/python -m pip install --quiet --editable . --group dev
	touch $@

.venv-lowest/ready .venv-lowest-zensical/ready: .venv-%/ready: pyproject.toml requirements/%.txt
	$(MAKE) --no-print-directory ENVIRONMENT=.venv-$* environment
	.venv-$*/bin/python -m pip install --quiet --require-hashes --requirement requirements/$*.txt
	.venv-$*/bin/python -m pip install --quiet --no-deps --editable .
	touch $@

.venv-bench/ready: pyproject.toml requirements/bench.txt
	$(MAKE) --no-print-directory ENVIRONMENT=.venv-bench environment
	.venv-bench/bin/python -m pip install --quiet --require-hashes --requirement requirements/bench.txt
	.venv-bench/bin/python -m pip install --quiet --no-deps --editable .
	touch $@

.venv-release/ready: requirements/release.txt
	$(MAKE) --no-print-directory ENVIRONMENT=.venv-release environment
	.venv-release/bin/python -m pip install --quiet --require-hashes --requirement requirements/release.txt
	touch $@

.venv-lock/ready:
	$(MAKE) --no-print-directory ENVIRONMENT=.venv-lock environment
	.venv-lock/bin/python -m pip install --quiet uv
	touch $@

# Pages are tested in a real browser.
.venv/browser: .venv/ready
	command -v "$(CHROMIUM)" > /dev/null || { apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes chromium > /dev/null; } || \
		{ echo "Install Chromium, or name it: make test CHROMIUM=/path/to/it"; exit 1; }
	touch $@

# The recipes for other builders are carried out; what comes from npm is installed by their test.
.venv/builders: .venv/ready
	for name in hugo pandoc npm; do command -v $$name > /dev/null || { apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes $$name > /dev/null; } || exit 1; done
	touch $@
