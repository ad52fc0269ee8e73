from mkdocs_annotate.exchange.biblatex import read_bibtex


def one(text):
    entries = read_bibtex(text, "refs.bib")
    assert entries.problems == entries.parts == []
    return entries.sources["a"]


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


def test_shared_data_is_taken_over_and_is_no_source():
    entries = read_bibtex("@xdata{d, publisher={P}}\n@book{a, title={T}, xdata={d, none}}", "r.bib")

    assert list(entries.sources) == ["a"]
    assert entries.sources["a"].fields["publisher"] == "P"
    (problem,) = entries.parts
    assert "`none` is not in it" in problem.hint
