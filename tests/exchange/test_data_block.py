import json
import re

import html5lib
import pytest

from mkdocs_annotate.exchange.publication import data_block

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<!-- --> -->",
    "</SCRIPT >",
    "]]>&lt;&amp;",
    "\u2028\u2029",
    '"}\\',
    "<!--/ann--><!--ann-->",
    "🌉 Брід",
]


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_element_and_all_come_back(text, narrow):
    block = data_block({"text": text}, narrow=narrow)

    (script, after) = html5lib.parseFragment(f"{block}<p>x</p>")
    assert (script.tag.rpartition("}")[2], after.tag.rpartition("}")[2]) == ("script", "p")
    assert json.loads(script.text) == [{"text": text}]
    inner = re.fullmatch("<[^>]*>(.*)</script>", block)[1]
    assert not re.search("[<>&\u2028\u2029]", inner)


def test_a_narrow_page_stays_narrow():
    assert data_block({"text": "“Брід”"}, narrow=True).isascii()
    assert "“Брід”" in data_block({"text": "“Брід”"}, narrow=False)


def test_what_json_has_not_is_refused():
    with pytest.raises(ValueError, match="Out of range float"):
        data_block({"text": float("nan")}, narrow=True)
