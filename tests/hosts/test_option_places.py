import pytest

from mkdocs_annotate.hosts.option_places import key_position, option_position

CONFIG = """\
site_name: T
theme: {name: mkdocs}
markdown_extensions:
  - toc
  - pymdownx.emoji: {emoji_index: !!python/name:x.y }
plugins:
  - search
  - annotate:
      exports: [schema-org, rdf]
      kinds:
        opinion: {label: View, colour: red}
      people:
        NA:
          name: Nell
          url: /nell.md
extra_css: [a.css]
"""


@pytest.mark.parametrize(
    ("name", "path", "place"),
    [
        ("exports", ("rdf",), (9, 29)),
        ("exports", ("gone",), (9, 7)),
        ("exports", (), (9, 7)),
        ("kinds", ("opinion", "colour"), (11, 32)),
        ("kinds", ("opinion", "gone"), (11, 9)),
        ("people", ("NA", "url"), (15, 11)),
        ("inherited", (), (8, 5)),
    ],
)
def test_an_option_has_its_place_as_far_as_it_stands_there(tmp_path, name, path, place):
    file = tmp_path / "mkdocs.yml"
    file.write_text(CONFIG, "utf-8")

    position = option_position(file, name, path)

    assert (position.line, position.column) == place


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("mkdocs.yml", "plugins:\n  annotate:\n    margin: x\n", (3, 5)),
        ("mkdocs.yml", "plugins:\n  - annotate\n", (2, 5)),
        ("mkdocs.yml", "markdown_extensions:\n  - mkdocs_annotate: {margin: x}\n", (2, 23)),
        ("mkdocs.yml", "site_name: x\n", (1, 1)),
        ("mkdocs.yml", "plugins: [\n", (1, 1)),
        ("mkdocs.yml", None, (1, 1)),
        ("zensical.toml", "[project]\n  margin = 'x'\n", (2, 3)),
        ("zensical.toml", "[project]\n", (1, 1)),
        ("a.md", "---\ntitle: T\nannotations:\n  margin: x\n---\n# T\n", (4, 3)),
        ("a.md", "---\nannotations: 4\n---\n# T\n", (2, 1)),
        ("a.md", "---\r\nannotations: 4\r\n---\r\n# T\r\n", (2, 1)),
        ("a.md", "# T\n", (1, 1)),
    ],
)
def test_files_that_set_options_are_of_several_kinds(tmp_path, file, text, place):
    path = tmp_path / file
    if text is not None:
        path.write_bytes(text.encode())

    position = option_position(path, "margin")

    assert position.file.endswith(file)
    assert (position.line, position.column) == place


def test_a_key_of_the_configuration_has_its_place(tmp_path):
    file = tmp_path / "mkdocs.yml"
    file.write_text(CONFIG, "utf-8")

    assert key_position(file, "extra_css").line == 16
    assert key_position(file, "nav").line == 1
    assert key_position(tmp_path, "nav").line == 1
