import markdown
import pytest

from mkdocs_annotate.hosts.extension import AnnotateExtension, StrictError
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.sidecar.decoding import parse_sidecar

TEXT = "# The bridge\n\nThe *old* bridge carries one lane.\n"
SIDECAR = "annotations:\n  - quote: old bridge\n    note: Built in 1794.\n"


def convert(text=TEXT, extensions=(), **options):
    extension = AnnotateExtension(**options)
    html = markdown.markdown(text, extensions=[*extensions, extension])
    return html, extension


def test_python_markdown_alone_takes_the_yaml_of_a_sidecar():
    html, extension = convert(sidecar=SIDECAR)

    assert "Built in 1794." in html
    assert extension.problems == ()


def test_python_markdown_alone_takes_the_path_of_a_sidecar(tmp_path):
    path = tmp_path / "bridge.annotations.yml"
    path.write_text(SIDECAR)

    assert "Built in 1794." in convert(sidecar=path)[0]
    assert "Built in 1794." in convert(sidecar=str(path))[0]


def test_python_markdown_alone_takes_a_sidecar_that_was_read_before():
    sidecar, _ = parse_sidecar(SIDECAR, "bridge.annotations.yml")

    assert "Built in 1794." in convert(sidecar=sidecar)[0]


def test_python_markdown_alone_finds_the_sidecar_beside_a_named_article(tmp_path):
    (tmp_path / "bridge.annotations.yml").write_text(SIDECAR)

    assert "Built in 1794." in convert(article=str(tmp_path / "bridge.md"))[0]


def test_without_article_and_sidecar_the_extension_is_inert():
    html, extension = convert()

    assert html == markdown.markdown(TEXT)
    assert extension.problems == ()


def test_the_extension_has_a_name_for_python_markdown():
    assert "Built in 1794." in markdown.markdown(
        TEXT,
        extensions=["mkdocs_annotate"],
        extension_configs={"mkdocs_annotate": {"sidecar": SIDECAR}},
    )


def test_without_our_part_the_page_is_what_it_would_have_been():
    assert without_annotations(convert(sidecar=SIDECAR)[0]) == markdown.markdown(TEXT)


def test_a_mark_in_a_heading_leaves_the_table_of_contents_alone():
    text = "[TOC]\n\n## The old bridge\n\nStone.\n"

    html, _ = convert(text, ["toc"], sidecar=SIDECAR)

    assert '<a href="#the-old-bridge">The old bridge</a>' in html
    assert html.count('class="ann-notes"') == 1


def test_notes_and_sources_join_the_table_of_contents_below_a_lone_title():
    extension = AnnotateExtension(sidecar=SIDECAR, margin=False)
    md = markdown.Markdown(extensions=["toc", extension])

    md.convert(TEXT)

    (title,) = md.toc_tokens
    assert [entry["id"] for entry in title["children"]] == ["ann--notes"]


def test_one_markdown_converts_several_articles_and_leaks_nothing():
    md = markdown.Markdown(extensions=[AnnotateExtension(sidecar=SIDECAR)])

    first = md.convert(TEXT)
    second = md.reset().convert(TEXT)

    assert first == second


def test_a_wrong_sidecar_gives_problems_and_the_article():
    html, extension = convert(sidecar="annotations:\n  - quote: new bridge\n    note: x\n")

    assert html == markdown.markdown(TEXT)
    (problem,) = extension.problems
    assert str(problem).startswith("sidecar:2:12: “new bridge” does not stand in the article")


def test_strict_stops_at_a_page_with_problems():
    with pytest.raises(StrictError, match="1 problem, the first: sidecar:2:12"):
        convert(sidecar="annotations:\n  - quote: new\n    note: x\n", strict=True)


def test_strict_lets_a_sound_page_pass():
    assert "Built in 1794." in convert(sidecar=SIDECAR, strict=True)[0]


def test_a_missing_sidecar_is_a_problem(tmp_path):
    html, extension = convert(sidecar=tmp_path / "none.annotations.yml")

    assert html == markdown.markdown(TEXT)
    assert [problem.rule.value for problem in extension.problems] == ["not-readable"]


def test_unknown_options_are_told_and_never_raised(caplog):
    convert(sidecar=SIDECAR, margni="wide")

    assert "there is no option `margni`; did you mean `margin`? [bad-option]" in caplog.text


def test_front_matter_read_by_the_meta_extension_counts():
    html, _ = convert("---\nannotations: false\n---\n" + TEXT, ["meta"], sidecar=SIDECAR)

    assert html == markdown.markdown(TEXT)


def test_an_article_in_another_language_has_its_words_and_its_direction():
    sidecar = "annotations: [{quote: السور, note: x}]\n"
    html, _ = convert("---\nlang: ar\n---\nالسور هنا", ["meta"], sidecar=sidecar)

    assert 'lang="ar" dir="rtl"' in html
    assert ">الملاحظات</h2>" in html


def test_text_converted_inside_the_page_is_left_alone():
    class Nested(markdown.extensions.Extension):
        def extendMarkdown(self, md):
            md.preprocessors.register(Inner(md), "nested", 5)

    class Inner(markdown.preprocessors.Preprocessor):
        def run(self, lines):
            self.inner = markdown.markdown("The *old* bridge, inside.")
            return [*lines, "", self.md.htmlStash.store(f"<div>{self.inner}</div>")]

    html, _ = convert("Words.", [Nested()], sidecar=SIDECAR)

    assert html.count('class="ann-notes"') == 1


def test_templates_of_a_folder_stand_in_place_of_ours(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/notes.html").write_text("<ul>{{ notes[0].text }}</ul>")

    for folder in ("own", tmp_path / "own"):
        html, extension = convert(sidecar=SIDECAR, templates=folder, strict=True)

        assert "<ul><p>Built in 1794.</p></ul>" in html
        assert extension.problems == ()


def test_a_broken_template_is_a_problem_and_ours_is_used(tmp_path):
    (tmp_path / "notes.html").write_text("{% for %}")

    html, extension = convert(sidecar=SIDECAR, templates=tmp_path)

    assert html == convert(sidecar=SIDECAR)[0]
    assert [problem.rule.value for problem in extension.problems] == ["bad-template"]
    with pytest.raises(StrictError, match="1 problem"):
        convert(sidecar=SIDECAR, templates=tmp_path, strict=True)
