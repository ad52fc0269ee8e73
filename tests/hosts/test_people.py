import pytest

from mkdocs_annotate.hosts.option_values import parse_people
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.sources import Person


@pytest.mark.parametrize(
    ("given", "people"),
    [
        (None, {}),
        (False, {}),
        ({}, {}),
        ({"AB": "Ada\n Brook"}, {"AB": Person("Ada Brook")}),
        ({12: {"name": "Ada"}}, {"12": Person("Ada")}),
        ({"AB": {"name": "Ada", "role": None, "url": ""}}, {"AB": Person("Ada")}),
        (
            {"AB": {"name": "Ada", "role": "editor", "url": "https://x.example/ab"}},
            {"AB": Person("Ada", "editor", Link("https://x.example/ab"))},
        ),
        (
            {"AB": {"name": "Ada", "url": "staff/ab.md"}},
            {"AB": Person("Ada", "", Link("/staff/ab.md", LinkKind.SITE, from_root=True))},
        ),
        (
            {"AB": {"name": "Ada", "url": "mailto:ab@example.org"}},
            {"AB": Person("Ada", "", Link("mailto:ab@example.org", LinkKind.MAIL))},
        ),
    ],
)
def test_people_are_known_by_what_they_sign_with(given, people):
    assert parse_people(given) == (people, [])


SHAPE = "write `AB: {name: Ada Brook, role: fact-checker, url: /staff/ab/}`"


@pytest.mark.parametrize(
    ("given", "people", "told"),
    [
        (["AB"], {}, f"`people` is not a table of people; below it {SHAPE}"),
        (
            {False: {"name": "N. O."}},
            {},
            "YAML reads a key of `people` as false, not as text; put quotation marks around the "
            "initials",
        ),
        (
            {None: "x"},
            {},
            "YAML reads a key of `people` as none, not as text; put quotation marks around the "
            "initials",
        ),
        ({"AB": 7}, {}, f"`AB` in `people` is neither a name nor a table; {SHAPE}"),
        ({"AB": {"role": "x"}}, {}, f"`AB` in `people` has no name; {SHAPE}"),
        ({"AB": " "}, {}, f"`AB` in `people` has no name; {SHAPE}"),
        (
            {"AB": {"name": "Ada", "rôle": "x"}},
            {"AB": Person("Ada")},
            "`AB` in `people` has no key `rôle`; did you mean `role`?",
        ),
        (
            {"AB": {"name": "Ada", "zzz": "x"}},
            {"AB": Person("Ada")},
            "`AB` in `people` has no key `zzz`; the keys are name, role, url",
        ),
        (
            {"AB": {"name": "Ada", "role": ["x"]}},
            {"AB": Person("Ada")},
            "`AB` in `people` has a `role` that is not text; write a text",
        ),
        (
            {"AB": {"name": "Ada", "url": "javascript:x"}},
            {"AB": Person("Ada")},
            '`AB` in `people`: the address "javascript:x" begins with neither http:// nor '
            "https://; write the whole address; if it is a page whose name has a colon, begin "
            "with ./",
        ),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_holds(given, people, told):
    found, (refusal,) = parse_people(given)

    assert found == people
    assert f"{refusal.message}; {refusal.hint}" == told
