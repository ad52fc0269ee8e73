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
        "date": "1998-11",
        "url": "https://example.org/a_b",
        "doi": "10.1000/182",
        "accessed": "2024-11-03",
        "language": "en-GB",
        "note": r"Paid by \*us\*; see http://x.org/a_b",
    }
    assert entry.extra == {"volume": "12", "page": "45–67", "issue": "3"}
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
        ("online", {"organization": "O"}, "publisher", "O"),
        ("misc", {"date": "2024-11-03"}, "date", "2024-11-03"),
        ("misc", {"date": "2024-11/2025"}, "date", "2024-11"),
        ("misc", {"date": "1794~"}, "date", "1794"),
        ("misc", {"year": "2024", "month": "3"}, "date", "2024-03"),
        ("misc", {"year": "2024", "month": "November"}, "date", "2024-11"),
        ("misc", {"year": "2024", "month": "nov", "day": "3"}, "date", "2024-11-03"),
        ("misc", {"year": "2024", "month": "November 3"}, "date", "2024-11-03"),
        ("misc", {"year": "2024", "month": "Spring"}, "date", "2024"),
        ("misc", {"year": "2024", "month": "feb", "day": "30"}, "date", "2024-02"),
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
        ({"year": "in press"}, "date"),
        ({"eprint": "12345", "eprinttype": "jstor"}, "url"),
        ({"language": "Klingonisch"}, "language"),
        ({"abstract": "Long."}, "note"),
        ({"author": " "}, "author"),
        ({"howpublished": "Letter"}, "url"),
    ],
)
def test_what_a_source_cannot_say_is_left_out(values, absent):
    assert absent not in given(**values).fields


def test_people_that_are_no_authors_go_into_the_export():
    extra = given("book", editor="Quill, Ada and {Harbour Office}", translator="X").extra

    assert extra == {
        "editor": [{"family": "Quill", "given": "Ada"}, {"literal": "Harbour Office"}],
        "translator": [{"literal": "X"}],
    }


def test_a_paper_takes_over_what_its_volume_says():
    entry = one(
        "@inproceedings{a, title={T}, crossref={P}}\n"
        "@proceedings{p, title={Bridges 1998}, booktitle={Proc. of Bridges}, year=1998,"
        " publisher={Tarn}, crossref={series}}\n"
        "@book{SERIES, title={Series}, isbn={1}, crossref={a}}"
    )

    assert entry.fields == {
        "type": "paper-conference",
        "title": "T",
        "publisher": "Tarn",
        "container": "Proc. of Bridges",
        "date": "1998",
    }
    assert entry.extra == {"ISBN": "1"}


def test_what_is_referred_to_needs_no_title_to_say_the_rest():
    entries = read_bibtex("@inbook{a, title={T}, crossref={b}}\n@book{b, publisher={P}}")
    assert entries.sources["a"].fields["publisher"] == "P"


def test_a_long_chain_of_references_ends_early():
    count = 300
    text = "\n".join(f"@book{{k{n}, title={{T}}, crossref={{k{n + 1}}}}}" for n in range(count))
    entries = read_bibtex(f"{text}\n@book{{k{count}, title={{T}}, publisher={{P}}}}")

    assert entries.problems == entries.parts == []
    with_publisher = [key for key, one in entries.sources.items() if "publisher" in one.fields]
    assert with_publisher == [f"k{count - n}" for n in range(4, -1, -1)]


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
def test_problems_have_place_and_cure(text, line, rule):
    entries = read_bibtex(text, "refs.bib")

    (problem,) = [*entries.problems, *entries.parts]
    assert (problem.position.line, problem.rule.value) == (line, rule)
    assert problem.cure


def test_an_entry_that_stands_twice_alike_is_no_mistake():
    assert one("@book{a, title={T}}\n@book{a, title={T}}").fields["title"] == "T"
