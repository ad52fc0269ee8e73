import pytest

from mkdocs_annotate.exchange.biblatex import read_bibtex


def one(text):
    entries = read_bibtex(text, "refs.bib")
    assert entries.problems == entries.parts == []
    return entries.sources["a"]


def given(kind="misc", **values):
    lines = ", ".join(f"{name} = {{{value}}}" for name, value in values.items())
    return one(f"@{kind}{{a, title = {{T}}, {lines}}}")


def test_an_article_reads_as_if_written_by_hand():
    entry = one(r"""
    @string{review = "Review of " # "Bridges"}
    @article{a,
      title    = {The {B}rennick Bridge},
      subtitle = {A M{\"u}ller --- \emph{design}},
      author   = {Quill, Ada and {Harbour Office} and Jean de la Fontaine and others},
      journal  = review, volume = 12, number = 3, pages = {45--67},
      year = 1998, month = nov,
      doi = {https://doi.org/10.1000/182}, url = {https://example.org/a\_b},
      urldate = {2024-11-03}, langid = {british}, note = {Paid by *us*; see \url{http://x.org/a_b}},
    }""")

    assert entry.fields == {
        "type": "article-journal",
        "title": "The Brennick Bridge: A Müller — design",
        "author": ["Quill, Ada", "Harbour Office", "de la Fontaine, Jean", "et al."],
        "container": "Review of Bridges",
        "volume": "12",
        "number": "3",
        "pages": "45–67",
        "date": "1998-11",
        "url": "https://example.org/a_b",
        "doi": "10.1000/182",
        "accessed": "2024-11-03",
        "language": "en-GB",
        "note": r"Paid by \*us\*; see http://x.org/a_b",
    }
    assert entry.extra == {}
    assert (entry.position.file, entry.position.line) == ("refs.bib", 3)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("Book", "book"),
        ("inbook", "chapter"),
        ("incollection", "chapter"),
        ("inproceedings", "paper-conference"),
        ("conference", "paper-conference"),
        ("techreport", "report"),
        ("phdthesis", "thesis"),
        ("online", "webpage"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("unpublished", "manuscript"),
        ("misc", None),
        ("invented", None),
    ],
)
def test_types_become_those_of_csl(kind, type_):
    assert given(kind).fields.get("type") == type_


@pytest.mark.parametrize(
    ("kind", "values", "field", "value"),
    [
        ("article", {"entrysubtype": "newspaper"}, "type", "article-newspaper"),
        ("article", {"journaltitle": "J", "booktitle": "B"}, "container", "J"),
        ("inbook", {"booktitle": "B", "publisher": "P"}, "container", "B"),
        ("report", {"institution": "I"}, "publisher", "I"),
        ("thesis", {"school": "S", "type": "mathesis"}, "genre", "Master's thesis"),
        ("phdthesis", {"school": "S"}, "genre", "PhD thesis"),
        ("report", {"type": "White paper"}, "genre", "White paper"),
        ("misc", {"howpublished": "Letter"}, "genre", "Letter"),
        ("misc", {"howpublished": r"At \url{http://x.org}"}, "genre", "At"),
        ("misc", {"howpublished": r"At \url{http://x.org}", "url": "http://y.org"},
         "genre", "At http://x.org"),
        ("misc", {"note": r"See \href{https://y.org}{this}"}, "note", "See this (https://y.org)"),
        ("misc", {"year": "1999", "month": "9--10"}, "date", "1999-09/1999-10"),
        ("misc", {"eprint": "123", "eprinttype": "pubmed"}, "url",
         "https://pubmed.ncbi.nlm.nih.gov/123"),
        ("book", {"edition": "Second"}, "edition", "2"),
        ("book", {"edition": "3rd"}, "edition", "3"),
        ("book", {"edition": "Revised"}, "edition", "Revised"),
        ("book", {"maintitle": "Works", "volume": "2"}, "container", "Works"),
        ("inbook", {"booktitle": "B", "booksubtitle": "S"}, "container", "B: S"),
        ("article", {"number": "7", "issue": "2"}, "number", "2"),
        ("report", {"number": "7"}, "number", "7"),
        ("article", {"eid": "e17"}, "pages", "e17"),
        ("misc", {"addendum": "See *also*"}, "note", r"See \*also\*"),
        ("book", {"editor": "Quill, Ada and others"}, "editor", ["Quill, Ada", "et al."]),
        ("book", {"translator": "Iames, Jo"}, "translator", "Iames, Jo"),
        ("book", {"series": "Bridges"}, "series", "Bridges"),
        ("online", {"organization": "O"}, "publisher", "O"),
        ("misc", {"date": "2024-11-03"}, "date", "2024-11-03"),
        ("misc", {"date": "2024-11/2025"}, "date", "2024-11/2025"),
        ("misc", {"date": "1794~"}, "date", "1794~"),
        ("misc", {"date": "1723?"}, "date", "1723?"),
        ("misc", {"date": "2019-21"}, "date", "2019-21"),
        ("misc", {"date": "199X"}, "date", "199X"),
        ("misc", {"date": "-0043"}, "date", "-0043"),
        ("misc", {"date": "1998/"}, "date", "1998/.."),
        ("misc", {"year": "c. 1850"}, "date", "1850~"),
        ("misc", {"year": "1998--1999"}, "date", "1998/1999"),
        ("misc", {"year": "in press"}, "date", "in press"),
        ("misc", {"pubstate": "inpress"}, "date", "in press"),
        ("misc", {"year": "1998", "month": "May--June"}, "date", "1998-05/1998-06"),
        ("misc", {"year": "1998", "month": "5", "day": "3"}, "date", "1998-05-03"),
        ("misc", {"year": "2024", "month": "3"}, "date", "2024-03"),
        ("misc", {"year": "2024", "month": "November"}, "date", "2024-11"),
        ("misc", {"year": "2024", "month": "nov", "day": "3"}, "date", "2024-11-03"),
        ("misc", {"year": "2024", "month": "November 3"}, "date", "2024-11-03"),
        ("misc", {"year": "2024", "month": "Spring"}, "date", "2024-21"),
        ("misc", {"eprint": "2101.00001v2", "archiveprefix": "arXiv"}, "url", "https://arxiv.org/abs/2101.00001v2"),
        ("misc", {"eprint": "hep-th/9901001"}, "url", "https://arxiv.org/abs/hep-th/9901001"),
        ("misc", {"howpublished": r"\url{https://x.org/a_b}"}, "url", "https://x.org/a_b"),
        ("misc", {"url": "papers/bridge.pdf"}, "url", "papers/bridge.pdf"),
        ("misc", {"langid": "ngerman"}, "language", "de"),
        ("misc", {"language": "pt-BR"}, "language", "pt-BR"),
        ("misc", {"author": "{County, The}"}, "author", "{County, The}"),
        ("misc", {"author": "King, Jr., Ann"}, "author", "King, Ann Jr."),
        ("misc", {"author": r"{\'E}mile Zola"}, "author", "Zola, Émile"),
        ("misc", {"author": "Plato"}, "author", "Plato"),
    ],
)  # fmt: skip
def test_fields_become_ours(kind, values, field, value):
    assert given(kind, **values).fields[field] == value


@pytest.mark.parametrize(
    ("values", "absent"),
    [
        ({"eprint": "12345", "eprinttype": "own"}, "url"),
        ({"language": "Klingonisch"}, "language"),
        ({"abstract": "Long."}, "note"),
        ({"author": " "}, "author"),
    ],
)
def test_what_a_source_cannot_say_is_left_out(values, absent):
    assert absent not in given(**values).fields


def test_other_people_go_into_the_export_under_their_own_name():
    entry = given(
        "inbook", bookauthor="Quill, Ada and {Harbour Office}", editor="X", editortype="compiler"
    )

    assert "editor" not in entry.fields
    assert entry.extra == {
        "container-author": [{"family": "Quill", "given": "Ada"}, {"literal": "Harbour Office"}],
        "compiler": [{"literal": "X"}],
    }


@pytest.mark.parametrize(
    ("values", "line", "words"),
    [
        ({"date": "Michaelmas 1780"}, 3, "`date` of `a` can't be read: “Michaelmas 1780”"),
        ({"year": "2001/02"}, 3, "“2001/02”"),
        (
            {"year": "2024", "month": "feb", "day": "30"},
            4,
            "`month` of `a` can't be read: “feb 30”",
        ),
        ({"urldate": "last week"}, 3, "`urldate`"),
        ({"urldate": "2024?"}, 3, "“2024?”"),
        ({"pubstate": "lost"}, 3, "`pubstate`"),
        ({"url": "javascript:x"}, 3, "javascript:x"),
        ({"doi": "none"}, 3, "not a DOI"),
        ({"author": "{"}, 0, ""),
    ],
)
def test_a_value_that_cannot_be_read_is_told_with_its_line(values, line, words):
    lines = ",\n ".join(f"{name} = {{{value}}}" for name, value in values.items())
    entries = read_bibtex(f"@misc{{a,\n title = {{T}},\n {lines}\n}}", "refs.bib")

    told = [problem for problem in entries.parts if words in problem.message]
    assert len(told) == bool(line)
    assert all(problem.position.line == line and problem.hint for problem in told)


def test_fields_that_nothing_is_made_of_are_named_in_one_line():
    text = "\n".join(
        f"@misc{{k{n}, title={{T}}, file={{x{n}.pdf}}, invented={{y}}}}" for n in range(3)
    )
    entries = read_bibtex(
        f"{text}\n@movie{{m, title={{M}}, author+an={{1=first}}}}\n@odd{{o, title={{O}}}}",
        "refs.bib",
    )

    assert entries.problems == entries.parts == []
    (problem,) = entries.unread_fields
    assert str(problem) == (
        "refs.bib:1:1: these fields are not used: `file` (3 times, first in line 1), "
        "`invented` (3 times, first in line 1), `author+an` (line 4), `@odd` (line 5); "
        "nothing needs to be done, unless readers would miss one [field-not-read]"
    )


def test_an_import_names_what_only_the_export_would_hold():
    read = read_bibtex("@book{a, title={T}, isbn={1}, file={x}}", "refs.bib").imported

    (skip,) = read.left_out
    assert str(skip) == "refs.bib:1:1: a sidecar has no field for `file` (line 1), `isbn` (line 1)"


def test_html_and_latex_in_titles_become_what_they_look_like():
    mendeley = r"{\textless}i{\textgreater}Drosophila{\textless}/i{\textgreater} {\&}amp; more"

    assert one(f"@misc{{a, title = {{{mendeley}}}}}").fields["title"] == "Drosophila & more"
    plain = one("@misc{a, title = {H<sub>2</sub>O, 3 < 4}}")
    assert plain.fields["title"] == "H₂O, 3 < 4"


def test_a_volume_may_be_called_by_its_booktitle_and_is_in_no_other():
    entry = one("@proceedings{a, booktitle={Bridges 1998}}")

    assert entry.fields == {"type": "book", "title": "Bridges 1998"}


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("@book{a, author={Quill}}", 1, "missing-key"),
        ("@book{a, title={{}}}", 1, "missing-key"),
        ("@book{, title={T}}", 1, "missing-key"),
        ("@book{a, title={T}}\n@book{a, title={U}}", 2, "repeated-key"),
        ("\n@book{a, title={T}, url={javascript:alert(1)}}", 2, "bad-value"),
        ("@book{a, title={T}, doi={none}}", 1, "bad-value"),
        ("@book{a, title={T}, crossref={none}}", 1, "bad-value"),
        ("@book{a, title={T}", 1, "sources-syntax"),
        ("@book{a, title={T},\n year=x}", 2, "sources-syntax"),
    ],
)
def test_problems_have_place_and_hint(text, line, rule):
    entries = read_bibtex(text, "refs.bib")

    (problem,) = [*entries.problems, *entries.parts]
    assert (problem.position.line, problem.rule.value) == (line, rule)
    assert problem.hint


def test_an_entry_that_stands_twice_alike_is_no_mistake():
    assert one("@book{a, title={T}}\n@book{a, title={T}}").fields["title"] == "T"


def test_a_language_that_has_no_tag_goes_along_into_the_export():
    assert given(language="english and french").extra == {"language": "english and french"}
    assert given(langid="german", language="Latin").fields["language"] == "de"
