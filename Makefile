# Needs python3 >= 3.10, pip and a package index; .venv is set up on the first call.
PYTHON ?= python3
CHROMIUM ?= chromium
.PHONY: site serve test pictures format

site: .venv/ready     # the demo site, in _build/
	.venv/bin/mkdocs build --strict
	@echo "The site is built: open $(CURDIR)/_build/index.html, or see it change with: make serve"

serve: .venv/ready    # the same, rebuilt while you write
	.venv/bin/mkdocs serve

test: .venv/ready .venv/browser    # everything that must hold
	CHROMIUM="$(CHROMIUM)" .venv/bin/coverage run -m pytest
	.venv/bin/coverage report --skip-covered --show-missing

pictures: site .venv/browser    # those of the documentation, of the site as it is
	CHROMIUM="$(CHROMIUM)" .venv/bin/python tests/browser/pictures.py

format: .venv/ready
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

# Debian's python3 may lack venv, but not pip: then virtualenv does the same.
.venv/ready: pyproject.toml
	$(PYTHON) -m venv --clear --upgrade-deps .venv || { \
		$(PYTHON) -m pip install --quiet --target .venv-maker virtualenv && \
		PYTHONPATH=.venv-maker $(PYTHON) -m virtualenv --quiet --clear .venv && \
		.venv/bin/python -m pip install --quiet --upgrade pip; }
	.venv/bin/python -m pip install --quiet --editable . --group dev
	touch $@

# Pages are tested in a real browser.
.venv/browser: .venv/ready
	command -v "$(CHROMIUM)" > /dev/null || { apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes chromium > /dev/null; } || \
		{ echo "Install Chromium, or name it: make test CHROMIUM=/path/to/it"; exit 1; }
	touch $@
