"""What a robots.txt allows, and how long a pause it wants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.links.robots import MAX_BYTES, Robots, parse_robots

HOST = "https://example.org"

CASES = [
    ("", "/", True),
    ("User-agent: *\nDisallow: /", "/x", False),
    ("User-agent: *\nDisallow:", "/x", True),
    ("user-AGENT : *  # all\n\nDISALLOW: /a # ours", "/ab", False),
    ("User-agent: *\nDisallow: /a", "/b", True),
    ("User-agent: *\nDisallow: /", "", False),
    # the longest rule decides, and of two equally long ones the one that allows
    ("User-agent: *\nDisallow: /\nAllow: /public", "/public/x", True),
    ("User-agent: *\nAllow: /public\nDisallow: /public/not", "/public/not", False),
    ("User-agent: *\nDisallow: /x\nAllow: /x", "/x", True),
    # our own group counts alone, wherever it stands and however often
    ("User-agent: *\nDisallow: /\n\nUser-agent: mkdocs-annotate\nDisallow: /a", "/b", True),
    ("User-agent: MkDocs-Annotate/1.0\nDisallow: /", "/b", False),
    ("User-agent: a\nUser-agent: mkdocs-annotate\nDisallow: /", "/b", False),
    (
        "User-agent: mkdocs-annotate\nDisallow: /a\n"
        "User-agent: b\nDisallow: /c\n"
        "User-agent: mkdocs-annotate\nDisallow: /b",
        "/b",
        False,
    ),
    ("User-agent: mkdocs\nDisallow: /", "/", True),
    ("User-agent: annotate\nDisallow: /", "/", True),
    # signs for anything and for the end
    ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
    ("User-agent: *\nDisallow: /*?", "/a?b", False),
    ("User-agent: *\nDisallow: /*?", "/a", True),
    ("User-agent: *\nDisallow: /a$", "/a", False),
    ("User-agent: *\nDisallow: /a$", "/ab", True),
    ("User-agent: *\nDisallow: /a*b*c", "/a1c2b", True),
    ("User-agent: *\nDisallow: /a*a$", "/a", True),
    ("User-agent: *\nDisallow: *secret", "/a/secret", False),
    # letters are compared as they go over the line
    ("User-agent: *\nDisallow: /zürich", "/z%C3%BCrich", False),
    ("User-agent: *\nDisallow: /z%C3%BCrich", "/zürich", False),
    # what is no rule is passed over
    ("\ufeffDisallow: /", "/", True),
    ("Disallow: /\nUser-agent: *", "/", True),
    ("<html><body>Not found", "/", True),
    ("User-agent: *\nSitemap: https://example.org/x\nDisallow: /", "/", False),
    ("User-agent: *\r\nDisallow: /\r", "/", False),
]


@pytest.mark.parametrize(("text", "path", "allowed"), CASES)
def test_whether_a_page_may_be_asked_for(text, path, allowed):
    assert parse_robots(text, "mkdocs-annotate").allows(HOST + path) is allowed


@pytest.mark.parametrize(
    ("value", "delay"),
    [("5", 5), ("0.5", 0.5), ("-1", 0), ("nan", 0), ("inf", 0), ("1e9", 0), ("x", 0), ("", 0)],
)
def test_how_long_a_pause_is_wanted(value, delay):
    assert parse_robots(f"User-agent: *\nCrawl-delay: {value}", "x").delay == delay


def test_the_pause_of_another_program_is_none_of_ours():
    text = "User-agent: x\nCrawl-delay: 5\n\nUser-agent: *\nDisallow: /a"

    assert parse_robots(text, "y") == Robots((("/a", False),), 0)


def test_many_stars_take_no_time_to_speak_of():
    text = "User-agent: *\nDisallow: /" + "*a" * 20_000 + "b"

    assert parse_robots(text, "x").allows(HOST + "/" + "a" * 2_000)


def test_of_a_huge_file_the_beginning_is_read():
    text = "User-agent: *\nDisallow: /a\n" + "#" * MAX_BYTES + "\nDisallow: /b"

    robots = parse_robots(text, "x")

    assert [robots.allows(HOST + path) for path in ("/a", "/b")] == [False, True]


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["User-agent: *\n", "Disallow: ", "Allow: ", "*", "$", "/", "\n", "#"]),
            st.text(max_size=8),
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text_is_read(text):
    assert parse_robots(text, "x").allows(HOST + "/a?b") in (True, False)
