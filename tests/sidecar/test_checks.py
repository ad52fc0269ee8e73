from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.sidecar.checks import MOST_UNKNOWN, check_sidecar
from mkdocs_annotate.sidecar.decoding import parse_sidecar


def checked(text, registry=()):
    sidecar, problems = parse_sidecar(text, "a")
    assert problems == []
    return [str(problem) for problem in check_sidecar(sidecar, DEFAULT_VOCABULARY, registry)]


def test_a_sound_sidecar_has_no_problem():
    text = "sources: {a: {title: A}}\nannotations: [{quote: x, kind: check, note: y, sources: a}]"

    assert checked(text) == []


def test_sources_of_the_whole_site_are_known():
    assert checked("annotations: [{quote: x, sources: a}]", registry={"a": ...}) == []


def test_an_unknown_source_is_told_with_the_nearest_one():
    text = "sources:\n  survey: {title: A}\nannotations:\n  - quote: x\n    sources: surve\n"

    assert checked(text) == [
        "a:5:14: no source is called `surve`; did you mean `survey`? [unknown-source]"
    ]


def test_an_unknown_source_without_a_near_one_is_to_be_described():
    assert checked("annotations:\n  - quote: x\n    sources: [a]\n") == [
        "a:3:15: no source is called `a`; describe it under `sources:` as `a:` [unknown-source]"
    ]


def test_the_source_that_the_article_is_based_on_must_exist_too():
    assert checked("article:\n  based_on: column\n") == [
        "a:2:13: no source is called `column`; describe it under `sources:` as `column:` "
        "[unknown-source]"
    ]


def test_a_name_that_stands_in_several_places_is_told_once():
    text = "annotations:\n" + "  - quote: x\n    sources: [a, a]\n" * 8

    (line,) = checked(text)

    assert line.startswith(
        "a:3:15: no source is called `a` (also named in lines 3, 5, 7, 9, 11, …); "
    )


def test_an_unknown_kind_is_told_with_the_nearest_one():
    assert checked("annotations:\n  - quote: x\n    kind: opinon\n") == [
        "a:3:11: there is no kind `opinon`; did you mean `opinion`? [unknown-kind]"
    ]


def test_an_unknown_kind_without_a_near_one_lists_all():
    (line,) = checked("annotations:\n  - quote: x\n    kind: quotation\n")

    assert line.startswith("a:3:11: there is no kind `quotation`; the kinds are context, ")


def test_of_many_unknown_names_some_are_told_and_few_compared():
    sources = ", ".join(f"surve{number}" for number in range(300))
    kinds = "".join(f"  - {{quote: x, kind: opinio{number}}}\n" for number in range(300))
    text = (
        f"sources:\n  survey: {{title: A}}\nannotations:\n  - quote: x\n    sources: [{sources}]\n"
    )

    sidecar, _ = parse_sidecar(text + kinds, "a")
    problems = check_sidecar(sidecar, DEFAULT_VOCABULARY)

    rules = [problem.rule for problem in problems]
    assert rules.count(Rule.UNKNOWN_SOURCE) == rules.count(Rule.UNKNOWN_KIND) == MOST_UNKNOWN
    assert sum("did you mean" in problem.hint for problem in problems) == 50
    assert problems[-1].hint.startswith("the kinds are context, ")
