from pathlib import Path

import pytest

from mkdocs_annotate.moving.yaml_paths import with_schema

OLD, NEW = Path("/site/docs"), Path("/site/docs/a/b")


@pytest.mark.parametrize("begin", ["# yaml-language-server: $schema=", "# $schema: ", "#$schema:"])
def test_the_path_leads_to_the_same_file(begin):
    before = f"# ours\n{begin}../annotations.schema.json\nannotations: []\n"

    after = with_schema(before, OLD, NEW)

    assert after == f"# ours\n{begin}../../../annotations.schema.json\nannotations: []\n"
    assert with_schema(after, NEW, OLD) == before


@pytest.mark.parametrize(
    "line",
    [
        "# yaml-language-server: $schema=https://example.org/x.json",
        "# yaml-language-server: $schema=/site/x.json",
        "# see $schema: ../x.json",
        "note: '# $schema: ../x.json'",
    ],
)
def test_other_lines_stay(line):
    assert with_schema(f"{line}\n", OLD, NEW) == f"{line}\n"
