"""What looks like a sidecar and is none: told with the right name, and never published."""

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

ENTRY = "annotations:\n  - quote: built in 1794\n    note: A note on it.\n"


@pytest.fixture
def site(draw):
    return draw("""
        docs/x.md
        | # X
        |
        | The bridge was built in 1794.
        docs/index.md
        | [X](x.md)
        """)


def write(site, name, text=ENTRY):
    path = site.root / "docs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", ["x.annotation.yml", "x.yml"])
def test_check_tells_of_it_too(site, name):
    write(site, name)
    site.configure(site.config)

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 1
    assert f"docs/{name}:1:1: a sidecar ends in `.annotations.yml`; rename it" in result.output
