# Needs python3 >= 3.10 with venv, and a package index; .venv is set up on the first call.
PYTHON ?= python3
.PHONY: site serve test format

site: .venv/ready     # the demo site, in _build/
	.venv/bin/mkdocs build --strict
	@echo "The site is in $(CURDIR)/_build/index.html"

serve: .venv/ready    # the same, rebuilt while you write
	.venv/bin/mkdocs serve

test: .venv/ready .venv/browser    # everything that must hold
	.venv/bin/coverage run -m pytest
	.venv/bin/coverage report --skip-covered --show-missing

format: .venv/ready
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

.venv/ready: pyproject.toml
	$(PYTHON) -m venv --clear --upgrade-deps .venv
	.venv/bin/pip install --quiet --editable . --group dev
	touch $@

# Tests drive Debian's Chromium; on another system install it, or name it in CHROMIUM.
.venv/browser: .venv/ready
	command -v "$${CHROMIUM:-chromium}" >/dev/null || \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium)
	touch $@
