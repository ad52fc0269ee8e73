import json

import markdown
import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.hosts.extension import AnnotateExtension
from mkdocs_annotate.hosts.option_values import site_vocabulary
from mkdocs_annotate.hosts.options import parse_options
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Group
from mkdocs_annotate.rendering.translations import wording_of
from mkdocs_annotate.sidecar.decoding import parse_sidecar

SATIRE = {"label": "Satire", "definition": "Not meant literally.", "group": "opinion"}


def told(kinds=None, packs=None):
    return [f"{message}; {hint}" for _, message, hint, *_ in site_vocabulary(kinds, packs).mistakes]


def test_a_site_that_sets_nothing_has_the_default_kinds():
    made = site_vocabulary(None, None)

    assert (made.vocabulary, made.words, made.mistakes) == (DEFAULT_VOCABULARY, (), ())


def test_a_kind_is_renamed_and_keeps_its_id_and_its_sentence():
    made = site_vocabulary({"opinion": {"label": "View"}}, None)
    entry = wording_of("en", "", made.words).entry("kinds", "opinion")

    assert made.vocabulary == DEFAULT_VOCABULARY
    assert (entry.label, entry.word) == ("View", "view")
    assert entry.definition == "A judgement; it cannot be proved true or false."
    assert made.mistakes == ()


def test_a_kind_is_redefined_and_moved():
    made = site_vocabulary(
        {"opinion": {"definition": "  What we  think. ", "group": "question", "word": "we think"}},
        None,
    )
    entry = wording_of("en", "", made.words).entry("kinds", "opinion")

    assert made.vocabulary.kind("opinion").group == Group.QUESTION
    assert (entry.label, entry.definition) == ("Opinion", "What we think.")
    assert entry.word == "we think"


@pytest.mark.parametrize("switch", [False, "false", "no", "Off"])
def test_a_kind_is_removed(switch):
    made = site_vocabulary({"rhetoric": switch}, None)

    assert set(DEFAULT_VOCABULARY.kinds) - set(made.vocabulary.kinds) == {"rhetoric"}
    assert made.vocabulary.removed == {"rhetoric"}
    assert made.mistakes == ()


def test_a_kind_is_added_behind_the_others():
    entry = {**SATIRE, "motivation": "commenting", "iri": "https://example.org/satire"}
    made = site_vocabulary({"satire": entry}, None)
    kind = made.vocabulary.kind("satire")

    assert list(made.vocabulary.kinds)[-1] == "satire"
    assert (kind.group, kind.motivation) == (Group.OPINION, "commenting")
    assert kind.iri == "https://example.org/satire"
    assert made.mistakes == ()


def test_a_kind_that_stays_as_it_is_may_be_named():
    assert site_vocabulary({"opinion": True}, None).vocabulary == DEFAULT_VOCABULARY
    assert told({"opinion": True}) == []


@pytest.mark.parametrize("packs", ["hedge", ["hedge"], ("hedge",), ["hedge", "hedge"]])
def test_packs_are_named_alone_or_in_a_list(packs):
    made = site_vocabulary(None, packs)

    assert list(made.vocabulary.kinds) == [*DEFAULT_VOCABULARY.kinds, "hedge"]
    assert made.mistakes == ()


@pytest.mark.parametrize("packs", [None, False, [], ()])
def test_a_site_may_have_no_packs(packs):
    assert site_vocabulary(None, packs).vocabulary == DEFAULT_VOCABULARY


def test_a_kind_of_a_pack_is_changed_as_any_other():
    made = site_vocabulary({"hedge": {"label": "How sure"}, "caveat": False}, ["hedge"])

    assert dict(made.words) == {"kinds.hedge.label": "How sure"}
    assert [message for _, message, *_ in made.mistakes] == ["there is no kind `caveat` to remove"]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (
            ["satire"],
            "`kinds` has no entries; write `kinds:`, and below it `opinion: {label: View}`",
        ),
        (
            {False: SATIRE},
            "`kinds` has “False”, which can't be a kind; begin its id with a letter; small "
            "letters, digits and hyphens may follow; YAML does not read this one as text",
        ),
        (
            {"Satire!": SATIRE},
            "`kinds` has “Satire!”, which can't be a kind; begin its id with a letter; small "
            "letters, digits and hyphens may follow",
        ),
        ({"opinion": None}, "`kinds.opinion` has no entries; write `false` to remove it"),
        (
            {"opinion": "View"},
            "`kinds.opinion` has no entries; write `opinion: {label: View}`",
        ),
        (
            {"satire": True},
            "`kinds.satire` has no entries; write `satire: {label: …, definition: …, group: …}`",
        ),
        ({"opinon": False}, "there is no kind `opinon` to remove; did you mean `opinion`?"),
        ({"hedge": False}, "there is no kind `hedge` to remove; it belongs to the pack `hedge`"),
        (
            {"satire": {"label": "Satire"}},
            "the kind `satire` is new, and has no `definition` and `group`; "
            "add them for your readers",
        ),
        (
            {"satire": {"definition": "x"}},
            "the kind `satire` is new, and has no `label` and `group`; add them for your readers",
        ),
        (
            {"satire": {"label": "x", "group": "key"}},
            "the kind `satire` is new, and has no `definition`; add them for your readers",
        ),
        (
            {"opinon": {"label": "View"}},
            "the kind `opinon` is new, and has no `definition` and `group`; "
            "did you mean `opinion`?",
        ),
        (
            {"hedge": {"label": "Sure"}},
            "the kind `hedge` is new, and has no `definition` and `group`; "
            "it belongs to the pack `hedge`: name that in `packs`",
        ),
        (
            {"satire": {**SATIRE, "group": "opinions"}},
            "`kinds.satire.group` can't be “opinions”; did you mean `opinion`?",
        ),
        (
            {"satire": {**SATIRE, "group": "red"}},
            "`kinds.satire.group` can't be “red”; "
            "choose one of context, source, opinion, question, key",
        ),
        (
            {"opinion": {"motivation": "judging"}},
            "`kinds.opinion.motivation` can't be “judging”; choose one of assessing, bookmarking, "
            "classifying, commenting, describing, editing, highlighting, identifying, linking, "
            "moderating, questioning, replying, tagging",
        ),
        (
            {"opinion": {"iri": "our own"}},
            "`kinds.opinion.iri` can't be “our own”; "
            "write a whole address, such as https://example.org/kinds/satire",
        ),
        (
            {"opinion": {"colour": "red"}},
            "`kinds.opinion` has no key `colour`; "
            "the keys are label, definition, word, group, motivation, iri",
        ),
        (
            {"opinion": {"lable": "View"}},
            "`kinds.opinion` has no key `lable`; did you mean `label`?",
        ),
        (
            {"opinion": {"label": False}},
            "`kinds.opinion.label` is no text; "
            "write text, in quotes where YAML reads it as something else",
        ),
        (
            {"opinion": {"label": None}},
            "`kinds.opinion.label` is empty; "
            "write text, in quotes where YAML reads it as something else",
        ),
        (
            {"opinion": {"label": " "}},
            "`kinds.opinion.label` is empty or too long; write up to 1,000 characters",
        ),
        (
            {"opinion": {"label": "x\u202ey"}},
            "`kinds.opinion.label` holds the invisible character U+202E right-to-left override; "
            "delete it",
        ),
    ],
)
def test_a_kind_that_cannot_be_used_is_told_with_what_to_do(kinds, expected):
    assert told(kinds) == [expected]
    assert set(site_vocabulary(kinds, None).vocabulary.kinds) == set(DEFAULT_VOCABULARY.kinds)


@pytest.mark.parametrize(
    ("packs", "expected"),
    [
        (
            {"hedge": True},
            "`packs` is not a list of names; write a list: `packs: [wikipedia-inline]`",
        ),
        (True, "`packs` is not a list of names; write a list: `packs: [wikipedia-inline]`"),
        (["hegde"], "there is no pack `hegde`; did you mean `hedge`?"),
        (
            [7],
            "there is no pack `7`; the packs are wikipedia-inline, hedge, reported-fact, "
            "attribution-verb, key-point, documentation, semeval-2023",
        ),
    ],
)
def test_a_pack_that_there_is_not_is_told(packs, expected):
    assert told(packs=packs) == [expected]


def test_a_mistake_in_one_kind_leaves_the_others_standing():
    made = site_vocabulary({"Bad": {}, "satire": SATIRE, "check": {"group": "red"}}, ["none"])

    assert "satire" in made.vocabulary.kinds
    assert made.vocabulary.kind("check").group == Group.SOURCE
    assert [name for name, *_ in made.mistakes] == ["packs", "kinds", "kinds"]


def test_options_that_are_written_alike_are_read_once():
    given = ({"kinds": {"opinion": {"label": "View"}}, "packs": ["hedge"]} for _ in range(2))
    first, second = (parse_options(one)[0] for one in given)

    assert first is second
    assert (
        parse_options({"kinds": {"opinion": 0}})[1]
        != parse_options({"kinds": {"opinion": False}})[1]
    )


BUILT = """
    index.md
    | # Talks
    |
    | The world is one. The bridge was built in 1794. Nobody eats that.
    index.annotations.yml
    | annotations:
    |   - quote: The world is one
    |     kind: opinion
    |   - quote: Nobody eats that
    |     kind: satire
    |   - quote: built in 1794
    |     technique: straw-man
    |   - quote: The bridge
    |     technique: loaded-language
"""
CONFIG = """
site_name: Drawn
theme: {name: mkdocs, highlightjs: false}
plugins:
  - annotate:
      packs: [semeval-2023]
      kinds:
        opinion: {label: View}
        satire: {label: Satire, definition: Not meant literally., group: question}
"""


def drawn(draw, drawing=BUILT, config=CONFIG):
    lines = drawing.replace("    index", "    docs/index")
    return draw(lines, config)


def test_the_extension_alone_has_the_same_option():
    sidecar = "annotations:\n- quote: x\n  kind: satire\n"
    extension = AnnotateExtension(sidecar=sidecar, kinds={"satire": SATIRE})
    html = markdown.markdown("x", extensions=[extension])

    assert "ann-k-satire" in html
    assert extension.problems == ()


def test_mistakes_have_a_place_and_are_told_once_by_build_and_check(draw):
    drawing = BUILT.replace("satire", "opinion").replace("straw-man", "strawman")
    site = drawn(draw, drawing, CONFIG.replace("{label: View}", "false"))
    built = site.build()

    kinds = ", ".join([*(k for k in DEFAULT_VOCABULARY.kinds if k != "opinion"), "satire"])
    assert [(one.key, one.message) for one in built.problems] == [
        (
            ("docs/index.annotations.yml", 3, 11, "unknown-kind"),
            "this site has removed the kind `opinion` (also named in line 5); "
            f"the kinds are {kinds}",
        ),
        (
            ("docs/index.annotations.yml", 7, 16, "unknown-technique"),
            "there is no technique `strawman`; did you mean `straw-man`?",
        ),
    ]
    site.configure(CONFIG.replace("{label: View}", "View").replace("packs", "pakcs"))
    lines = CliRunner().invoke(main, ["check"]).stdout.splitlines()
    assert [line for line in lines if line.endswith("[bad-option]")] == [
        "mkdocs.yml:6:7: there is no option `pakcs`; did you mean `packs`? [bad-option]",
        "mkdocs.yml:8:9: `kinds.opinion` has no entries; write `opinion: {label: View}` "
        "[bad-option]",
    ]
    site.config = CONFIG.replace("{label: View}", "View")
    assert site.build().keys[0] == ("mkdocs.yml", 8, 9, "bad-option")


def test_exports_speak_of_the_kinds_of_the_site(draw):
    config = CONFIG.replace("group: question", "group: question, motivation: commenting")
    site = drawn(draw, config=config)
    site.configure(site.config)

    result = CliRunner().invoke(
        main, ["export", "--format", "web-annotation", "--base-url", "https://example.org/"]
    )

    items = json.loads(result.stdout)["first"]["items"]
    assert [item["motivation"] for item in items] == [
        "classifying",
        "classifying",
        "classifying",
        "commenting",
    ]
    assert items[3]["body"][0]["source"] == "urn:x-mkdocs-annotate:kind:satire"


def test_kinds_and_techniques_of_the_site_come_back_from_an_export(draw):
    config = CONFIG.replace("group: question", "group: question, iri: 'https://example.org/satire'")
    site = drawn(draw, config=config)
    site.configure(site.config)
    run = CliRunner().invoke
    url = ["--base-url", "https://example.org/"]
    assert run(main, ["export", "--format", "web-annotation", *url, "--output", "out.json"])
    sidecar = site.root / "docs/index.annotations.yml"
    sidecar.unlink()

    result = run(main, ["import", "out.json", "--article", "docs/index.md"])

    assert result.exit_code == 0, result.output
    written, _ = parse_sidecar(sidecar.read_text("utf-8"), "a.yml")
    assert {one.quote.exact: (one.kind, one.technique) for one in written.annotations} == {
        "The world is one": ("opinion", ""),
        "Nobody eats that": ("satire", ""),
        "built in 1794": ("rhetoric", "straw-man"),
        "The bridge": ("rhetoric", "loaded-language"),
    }
    assert [one.kind for one in written.annotations if "kind" in one.places] == [
        "opinion",
        "satire",
    ]


def test_options_with_a_vocabulary_of_their_own_can_be_kept_by_value():
    given = {"kinds": {"satire": SATIRE}, "packs": ["hedge"], "rules": {"orphan": "error"}}
    first, second = (parse_options(given)[0] for _ in range(2))

    assert {first: 1}[second] == 1
    assert first != parse_options({})[0]


@pytest.mark.parametrize(
    ("kinds", "packs"),
    [
        ({"a": {"label": ["x"], "definition": {"y": 1}, "group": 3}}, [["hedge"]]),
        ({None: None, 3: False, ("a",): {}}, [None, {}]),
        ({"": {}, "a" * 5000: {}, "-": False}, ""),
        ({"opinion": {None: 1, "group": "\u202e"}}, "hedge, key-point"),
        (0, 0),
        ("opinion", object()),
    ],
)
def test_whatever_is_typed_there_is_a_vocabulary_and_every_mistake_is_one_line(kinds, packs):
    made = site_vocabulary(kinds, packs)

    assert made.mistakes
    assert all(len(f"{text}{hint}".splitlines()) == 1 for _, text, hint, *_ in made.mistakes)
    assert set(DEFAULT_VOCABULARY.kinds) <= set(made.vocabulary.kinds)
