import re

import pytest

from mkdocs_annotate.rendering.passages import with_text_fragment

ADDRESS = "https://example.org/minutes"
LONG = "one two three four five six seven eight nine ten 11 12 13 14 15 16 17"


@pytest.mark.parametrize(
    ("quote", "directive"),
    [
        ("the motion was carried", "the%20motion%20was%20carried"),
        ("well-known, a & b", "well%2Dknown%2C%20a%20%26%20b"),
        (LONG, "one%20two%20three%20four%20five%20six%20seven%20eight,"
               "ten%2011%2012%2013%2014%2015%2016%2017"),
        ("as many as … soldiers", "as%20many%20as,soldiers"),
        ("as many as ... soldiers", "as%20many%20as,soldiers"),
        ("as many as [...] soldiers", "as%20many%20as,soldiers"),
        ("as many as (…) soldiers", "as%20many%20as,soldiers"),
        ("a … b … c", "a,c"),
        ("… eight thousand …", "eight%20thousand"),
        ("said [the minister] in May", "said,in%20May"),
        ("[They] carried it", "carried%20it"),
    ],
)  # fmt: skip
def test_a_link_opens_at_the_words(quote, directive):
    assert with_text_fragment(ADDRESS, quote) == f"{ADDRESS}#:~:text={directive}"


@pytest.mark.parametrize(
    ("address", "result"),
    [
        (f"{ADDRESS}#item-7", f"{ADDRESS}#item-7:~:text=x"),
        (f"{ADDRESS}#:~:text=carried", f"{ADDRESS}#:~:text=x"),
        (f"{ADDRESS}#item-7:~:text=a,b&text=c", f"{ADDRESS}#item-7:~:text=x"),
        (f"{ADDRESS}#", f"{ADDRESS}#:~:text=x"),
    ],
)
def test_an_address_has_one_directive(address, result):
    assert with_text_fragment(address, "x") == result


@pytest.mark.parametrize("quote", ["…", "[...]", " ", "[all of it]"])
def test_where_no_words_are_left_the_address_stays(quote):
    assert with_text_fragment(f"{ADDRESS}#:~:text=a", quote) == f"{ADDRESS}#:~:text=a"


def test_the_syntax_of_the_directive_never_stands_in_words():
    text = with_text_fragment(ADDRESS, "a,b-c&d … e,-&f").partition("text=")[2]

    assert re.fullmatch("[^,&-]+,[^,&-]+", text)
