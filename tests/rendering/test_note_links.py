import pytest

from mkdocs_annotate.model.links import LinkKind
from mkdocs_annotate.model.problems import Position, Rule
from mkdocs_annotate.rendering.note_content import NoteLinks

PLACE = Position("page.annotations.yml", 3, 11)
SITE = {"page.md": "../page/", "it's.md": "../it's/", "a.png": "../a.png?b&c"}


@pytest.fixture
def links():
    return NoteLinks(lambda link: SITE.get(link.address), PLACE)


@pytest.mark.parametrize(
    ("address", "attributes"),
    [
        ("https://example.org/?a&b", {"href": "https://example.org/?a&amp;b"}),
        ("http://example.org", {"href": "http://example.org"}),
        ("mailto:a@example.org", {"href": "mailto:a@example.org"}),
        ("page.md", {"href": "../page/"}),
        ("it's.md", {"href": "../it&#x27;s/"}),
    ],
)
def test_a_good_address_becomes_the_attributes_of_a_link(links, address, attributes):
    assert attributes == links.of_link(address)
    assert not links.problems


def test_a_page_that_the_site_does_not_have_is_a_dead_link(links):
    assert links.of_link("gone.md#a") is None
    assert [(problem.position, problem.rule, problem.message) for problem in links.problems] == [
        (PLACE, Rule.DEAD_LINK, 'the site has no "gone.md#a"')
    ]


def test_a_refused_address_is_a_bad_link_with_its_hint(links):
    assert links.of_link("javascript:alert(1)") is None
    assert [str(problem) for problem in links.problems] == [
        "page.annotations.yml:3:11: the address "
        '"javascript:alert(1)" begins with neither http:// nor https://; write the whole '
        "address; if it is a page whose name has a colon, begin with ./ [bad-link]"
    ]


def test_an_image_of_the_site_has_an_address(links):
    assert links.of_image("a.png") == "../a.png?b&amp;c"
    assert not links.problems


@pytest.mark.parametrize(
    ("address", "rule", "told"),
    [
        ("https://evil.example/a.png", Rule.BAD_LINK, "is not on this site"),
        ("mailto:a@example.org", Rule.BAD_LINK, "is not on this site"),
        ("//evil.example/a.png", Rule.BAD_LINK, "begins with //"),
        ("data:image/svg+xml,a", Rule.BAD_LINK, "neither http:// nor https://"),
        ("gone.png", Rule.DEAD_LINK, 'the site has no "gone.png"'),
    ],
)
def test_no_other_image_has_one(links, address, rule, told):
    assert links.of_image(address) is None
    [problem] = links.problems
    assert rule == problem.rule
    assert told in problem.message
    assert problem.hint


def test_only_links_to_the_site_are_looked_up():
    asked = []
    links = NoteLinks(asked.append, PLACE)

    for address in ("https://example.org", "mailto:a@example.org", "x:y", "page.md", "#a"):
        links.of_link(address)
        links.of_image(address)

    assert [(link.address, link.kind) for link in asked[::2]] == [
        ("page.md", LinkKind.SITE),
        ("#a", LinkKind.SITE),
    ]
