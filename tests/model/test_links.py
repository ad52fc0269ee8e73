import html
import re
import time
from html.entities import html5

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_annotate.model.links import (
    MAX_LENGTH,
    Link,
    LinkKind,
    decoded,
    doi_link,
    parse_doi,
    parse_link,
    shown_host,
)
from mkdocs_annotate.model.messages import forbidden_character
from mkdocs_annotate.model.problems import Mistake

EXTERNAL, MAIL, SITE = LinkKind.EXTERNAL, LinkKind.MAIL, LinkKind.SITE

# What a writer types, the address that comes of it where that differs, its kind, its host.
SAFE = [
    ("https://example.org", None, EXTERNAL, "example.org"),
    ("http://example.org/", None, EXTERNAL, "example.org"),
    ("HTTPS://Example.ORG/A", None, EXTERNAL, "example.org"),
    ("https://example.org:8443/a?b=c#d", None, EXTERNAL, "example.org"),
    ("https://example.org:1", None, EXTERNAL, "example.org"),
    ("https://example.org:65535?a", None, EXTERNAL, "example.org"),
    ("https://example.org#fragment", None, EXTERNAL, "example.org"),
    ("https://localhost/a", None, EXTERNAL, "localhost"),
    ("https://under_score.example", None, EXTERNAL, "under_score.example"),
    ("https://a-b.c--d.example", None, EXTERNAL, "a-b.c--d.example"),
    (f"https://{'a' * 63}.example", None, EXTERNAL, f"{'a' * 63}.example"),
    ("http://192.0.2.255/a", None, EXTERNAL, "192.0.2.255"),
    ("http://0.0.0.0", None, EXTERNAL, "0.0.0.0"),
    ("https://1.example", None, EXTERNAL, "1.example"),
    ("https://bücher.example/ü", None, EXTERNAL, "xn--bcher-kva.example"),
    ("https://BÜCHER.example/", None, EXTERNAL, "xn--bcher-kva.example"),
    ("https://xn--bcher-kva.example/", None, EXTERNAL, "xn--bcher-kva.example"),
    ("https://аррӏе.com/", None, EXTERNAL, "xn--80ak6aa92e.com"),
    ("https://ｅxample.org/", None, EXTERNAL, "example.org"),
    ("https://例え.テスト", None, EXTERNAL, "xn--r8jz45g.xn--zckzah"),
    ("https://example.org/a//b", None, EXTERNAL, "example.org"),
    ("https://example.org/wiki/A_(b)", None, EXTERNAL, "example.org"),
    ("https://example.org/it's", None, EXTERNAL, "example.org"),
    ("https://example.org/@user", None, EXTERNAL, "example.org"),
    ("https://example.org/?to=https://example.net", None, EXTERNAL, "example.org"),
    ("https://example.org/?a[]=1", None, EXTERNAL, "example.org"),
    ("https://example.org/?a=1&b=2", None, EXTERNAL, "example.org"),
    ("https://example.org/?a=1&copy=2", None, EXTERNAL, "example.org"),
    ("https://e.example/?a=1&amp;b=2", "https://e.example/?a=1&b=2", EXTERNAL, "e.example"),
    ("https&#58;//e.example", "https://e.example", EXTERNAL, "e.example"),
    ("  https://example.org\n", "https://example.org", EXTERNAL, "example.org"),
    ("https://example.org/%00%0a%22%3Cscript%3E", None, EXTERNAL, "example.org"),
    ("mailto:name@example.org", None, MAIL, "example.org"),
    ("MailTo:first.last+tag@Example.ORG", None, MAIL, "example.org"),
    ("mailto:naïve@bücher.example", None, MAIL, "xn--bcher-kva.example"),
    ("page.md", None, SITE, ""),
    ("../guide/page.md#place", None, SITE, ""),
    ("./page.md?plain=1", None, SITE, ""),
    ("/from/the/root/", None, SITE, ""),
    (".", None, SITE, ""),
    ("#place", None, SITE, ""),
    ("a/b:c", None, SITE, ""),
    ("./b:c", None, SITE, ""),
    ("page.md#a:b//c?d", None, SITE, ""),
    ("page.md?to=//example.net", None, SITE, ""),
    ("page%20with%20spaces.md", None, SITE, ""),
    ("größe.md", None, SITE, ""),
    ("www.example.org", None, SITE, ""),
    ("page.md?a&amp;amp;amp;amp;amp;b", "page.md?a&amp;amp;amp;amp;b", SITE, ""),
]

# What a writer types, and what the message tells them.
REFUSED = [
    ("", "is empty"),
    ("  \n", "is empty"),
    ("javascript:alert(1)", "neither http:// nor https://"),
    ("JaVaScRiPt:alert(1)", "neither http:// nor https://"),
    ("javascript://example.org/%0aalert(1)", "neither http:// nor https://"),
    ("javascript&colon;alert(1)", '"javascript:alert(1)" begins with neither'),
    ("javascript&#58;alert(1)", '"javascript:alert(1)" begins with neither'),
    ("javascript&#x3A;alert(1)", '"javascript:alert(1)" begins with neither'),
    ("javascript&#0000000000000058;alert(1)", '"javascript:alert(1)" begins with neither'),
    ("&#106;&#97;vascript:alert(1)", '"javascript:alert(1)" begins with neither'),
    ("&#x6A;avascript:alert(1)", '"javascript:alert(1)" begins with neither'),
    ("javascript&#58alert(1)", "means something else once it is decoded"),
    ("javascript&#x3A,alert(1)", "means something else once it is decoded"),
    ("javascript&amp;colon;alert(1)", "means something else once it is decoded"),
    ("javascript&amp;amp;#58;alert(1)", "means something else once it is decoded"),
    ("javascript&amp;amp;amp;colon;alert(1)", "means something else once it is decoded"),
    ("&amp;#106;avascript&amp;#58;alert(1)", "means something else once it is decoded"),
    ("&amp;sol;&amp;sol;evil.example", "means something else once it is decoded"),
    ("&amp;#47;/evil.example", "means something else once it is decoded"),
    ("https&amp;colon;//evil.example", "// in its path"),
    ("a&amp;colon;b", "means something else once it is decoded"),
    ("page.md?a=1&lt=2", "means something else once it is decoded"),
    ("page.md?a&amp;quot;b", "means something else once it is decoded"),
    ("java\tscript:alert(1)", "U+0009"),
    ("java\nscript:alert(1)", "U+000A"),
    ("java\rscript:alert(1)", "U+000D"),
    ("java&Tab;script:alert(1)", "U+0009"),
    ("java&NewLine;script:alert(1)", "U+000A"),
    ("java&#1;script:alert(1)", "U+0001"),
    ("\x01javascript:alert(1)", "U+0001"),
    ("\x00javascript:alert(1)", "U+0000"),
    ("&#0;javascript:alert(1)", "U+0000"),
    ("\x1fjavascript:alert(1)", "U+001F"),
    ("\u2028javascript:alert(1)", "U+2028"),
    ("\ufeffjavascript:alert(1)", "U+FEFF"),
    ("java\u00adscript:alert(1)", "U+00AD"),
    ("vbscript:msgbox(1)", "neither http:// nor https://"),
    ("data:text/html,<script>", "U+003C"),
    ("data:text/html;base64,PHNjcmlwdD4=", "neither http:// nor https://"),
    ("DATA:image/svg+xml,x", "neither http:// nor https://"),
    ("blob:https://example.org/a", "neither http:// nor https://"),
    ("file:///etc/passwd", "neither http:// nor https://"),
    ("ftp://example.org/a", "neither http:// nor https://"),
    ("view-source:https://example.org", "neither http:// nor https://"),
    ("about:blank", "neither http:// nor https://"),
    ("filesystem:https://example.org/a", "neither http:// nor https://"),
    ("intent://scan/#Intent;end", "neither http:// nor https://"),
    ("tel:+1234", "neither http:// nor https://"),
    ("ws://example.org", "neither http:// nor https://"),
    ("feed:javascript:alert(1)", "neither http:// nor https://"),
    (":javascript", "neither http:// nor https://"),
    ("://example.org", "neither http:// nor https://"),
    ("Notes: one.md", "a space"),
    ("Notes:one.md", "neither http:// nor https://"),
    ("//evil.example", "begins with //"),
    ("///evil.example", "begins with //"),
    ("//evil.example/page.md", "begins with //"),
    ("&#47;/evil.example", "begins with //"),
    ("/&sol;evil.example", "begins with //"),
    ("&sol;&sol;evil.example", "begins with //"),
    ("/\\evil.example", "U+005C"),
    ("\\\\evil.example", "U+005C"),
    ("\\/evil.example", "U+005C"),
    ("/&bsol;evil.example", "U+005C"),
    ("/\t/evil.example", "U+0009"),
    ("/&Tab;/evil.example", "U+0009"),
    ("a//b.md", "// in its path"),
    (".//evil.example", "// in its path"),
    ("/.//evil.example", "// in its path"),
    ("?a=b", "names no page"),
    ("http:/evil.example", "neither http:// nor https://"),
    ("http:evil.example", "neither http:// nor https://"),
    ("https:/@evil.example", "neither http:// nor https://"),
    ("http:\\\\evil.example", "U+005C"),
    ("https://evil.example\\@bank.example", "U+005C"),
    ("https:///evil.example", "names no host"),
    ("https://", "names no host"),
    ("https://?a", "names no host"),
    ("https://#a", "names no host"),
    ("https://:80/", "names no host"),
    ("https://bank.example@evil.example", "behind an @"),
    ("https://bank.example:80@evil.example", "behind an @"),
    ("https://user:password@example.org", "behind an @"),
    ("https://@evil.example", "behind an @"),
    ("https://bank.example&commat;evil.example", "behind an @"),
    ("https://bank.example%40evil.example", "no site can have"),
    ("https://bank.example＠evil.example", "read as a separator"),
    ("https://bank.example／evil.example", "read as a separator"),
    ("https://bank.example℀evil.example", "read as a separator"),
    ("https://bank.example？evil.example", "read as a separator"),
    ("https://bank.example＃evil.example", "read as a separator"),
    ("https://bank.example：80", "read as a separator"),
    ("https://bank。example", "read as a separator"),
    ("https://bank．example", "read as a separator"),
    ("https://bank…example", "read as a separator"),
    ("https://bank⒈example", "read as a separator"),
    ("https://exam％70le.org", "read as a separator"),
    ("https://example.org:0", "no valid port"),
    ("https://example.org:", "no valid port"),
    ("https://example.org:65536", "no valid port"),
    ("https://example.org:080000", "no valid port"),
    ("https://example.org:٨٠", "no valid port"),
    ("https://example.org:80a/", "no valid port"),
    ("https://-example.org", "no site can have"),
    ("https://example-.org", "no site can have"),
    ("https://example.org.", "no site can have"),
    ("https://.example.org", "no site can have"),
    ("https://example..org", "no site can have"),
    (f"https://{'a' * 64}.example", "no site can have"),
    (f"https://{'ü' * 63}.example", "no site can have"),
    ("https://" + "a." * 126 + "ab", "no site can have"),
    ("https://exa!mple.org", "no site can have"),
    ("https://exa$mple.org", "no site can have"),
    ("https://exa&mple.org", "no site can have"),
    ("https://exa'mple.org", "no site can have"),
    ("https://exa(mple.org", "no site can have"),
    ("https://exa)mple.org", "no site can have"),
    ("https://exa*mple.org", "no site can have"),
    ("https://exa+mple.org", "no site can have"),
    ("https://exa,mple.org", "no site can have"),
    ("https://exa;mple.org", "no site can have"),
    ("https://exa=mple.org", "no site can have"),
    ("https://exa%6Dple.org", "no site can have"),
    ("https://exa~mple.org", "no site can have"),
    ("https://exa⑴mple.org", "no site can have"),
    ("https://[2001:db8::1]/", "no valid port"),
    ("https://xn--example-", "no site can have"),
    ("https://xn--google-.example", "no site can have"),
    ("https://xn--.example", "no site can have"),
    ("https://XN--GOOGLE-.example", "no site can have"),
    ("https://xn--99999999999.example", "no site can have"),
    ("https://xn--ü.example", "no site can have"),
    ("http://2130706433/", "only a number"),
    ("http://0x7f000001/", "only a number"),
    ("http://0x/", "only a number"),
    ("http://127.1/", "only a number"),
    ("http://0177.0.0.1/", "only a number"),
    ("http://127.0.0.01/", "only a number"),
    ("http://256.0.0.1/", "only a number"),
    ("http://1.2.3.4.5/", "only a number"),
    ("http://example.0x1f/", "only a number"),
    ("http://example.1/", "only a number"),
    ("http://１２７.1/", "only a number"),
    ("mailto:", "with exactly one mail address"),
    ("mailto:name", "with exactly one mail address"),
    ("mailto:@example.org", "with exactly one mail address"),
    ("mailto:name@", "names no host"),
    ("mailto:name@example.org?subject=a", "with exactly one mail address"),
    ("mailto:name@example.org?bcc=spy@example.net", "with exactly one mail address"),
    ("mailto:?to=name@example.org", "with exactly one mail address"),
    ("mailto:a@example.org,b@example.org", "with exactly one mail address"),
    ("mailto:a,b@example.org", "with exactly one mail address"),
    ("mailto:a%2Cb@example.org", "with exactly one mail address"),
    ("mailto:name@example.org:25", "with exactly one mail address"),
    ("mailto:name@example.org/a", "with exactly one mail address"),
    ("mailto://name@example.org", "with exactly one mail address"),
    (f"mailto:{'a' * 65}@example.org", "with exactly one mail address"),
    ("mailto:name@exa$mple.org", "no site can have"),
    ("https://example.org/a b", "a space"),
    ("page one.md", "write it as %20"),
    ("https://example.org/\u00a0a", "write it as %C2%A0"),
    ('https://example.org/"onclick=', "U+0022"),
    ("https://example.org/&quot;onclick=", "U+0022"),
    ("https://example.org/<b>", "U+003C"),
    ("https://example.org/>", "U+003E"),
    ("https://example.org/`", "U+0060"),
    ("https://example.org/{a}", "U+007B"),
    ("https://example.org/a|b", "U+007C"),
    ("https://example.org/a^b", "U+005E"),
    ("https://example.org/\u200b", "U+200B"),
    ("https://example.org/می\u200cشود", "write it as %E2%80%8C"),
    ("https://example.org/\u2066a\u2069", "U+2066"),
    ("https://example.org/\u202egro", "U+202E"),
    ("https://example.org/&#x202e;gro", "U+202E"),
    ("https://example.org/\u3164", "U+3164"),
    ("https://example.org/\ufe0f", "U+FE0F"),
    ("https://example.org/\U000e0041", "U+E0041"),
    ("https://example.org/\ufffe", "U+FFFE"),
    ("https://example.org/\ud800", "U+D800"),
    ("https://example.org/\x7f", "U+007F"),
    ("https://example.org/\x90", "U+0090"),
    ("https://exam\u00adple.org", "U+00AD"),
    ("https://example.org/" + "a" * (MAX_LENGTH - 19), "more than 2,048 characters"),
]


def links(texts):
    return [link for text in texts if isinstance(link := parse_link(text), Link)]


@pytest.mark.parametrize(("typed", "address", "kind", "host"), SAFE)
def test_a_safe_address_is_a_link(typed, address, kind, host):
    link = parse_link(typed)

    assert Link(typed if address is None else address, kind) == link
    assert host == shown_host(link)


@pytest.mark.parametrize(("typed", "told"), REFUSED)
def test_any_other_address_is_refused_and_the_writer_told_why(typed, told):
    refusal = parse_link(typed)

    assert isinstance(refusal, Mistake), refusal
    assert told in f"{refusal.message}; {refusal.hint}"
    assert refusal.hint


def test_the_longest_address_is_a_link():
    address = "https://example.org/" + "a" * (MAX_LENGTH - 20)

    assert [Link(address)] == links([address])


FORMS = ["&#{};", "&#x{:x};", "&#X{:X};", "&#0000{};"]
HIDEABLE = [typed for typed, _ in REFUSED if typed.strip() and "&" not in typed]


@pytest.mark.parametrize("typed", HIDEABLE)
def test_an_address_is_refused_in_references_as_well(typed):
    for form in FORMS:
        hidden = "".join(form.format(ord(character)) for character in typed)

        assert not links([hidden, hidden.replace("&", "&amp;"), hidden.upper()])


def test_a_number_with_more_digits_than_python_reads_is_no_error():
    far = "9" * 5_000

    assert "\ufffd" == decoded(f"&#{far};") == decoded(f"&#x{far};")
    assert isinstance(parse_link(f"&amp;#{'9' * 2_000};"), Link)


def test_a_limit_on_the_digits_of_numbers_refuses_what_cannot_be_checked(monkeypatch):
    def limited(text):
        raise ValueError("Exceeds the limit")

    monkeypatch.setattr("mkdocs_annotate.model.links.unescape", limited)

    assert not links(["page.md?a&b"])


# A second reading, after the URL Standard: what would a browser do with the address?
def leads(address):
    address = re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(0x21)))))
    scheme = re.match("([a-zA-Z][a-zA-Z0-9+.-]*):", address)
    if scheme:
        return scheme[1].lower()
    return "elsewhere" if re.match(r"[/\\]{2}", address) else "inside"


LEADS = {EXTERNAL: ("http", "https"), MAIL: ("mailto",), SITE: ("inside",)}
PIECES = [
    *["java", "script", ":", "//", "/", "\\", "http", "https:", "https://", "mailto:", "data:"],
    *["@", "?", "#", "&", "&amp;", "&#", "58", "x3a", ";", "&colon;", "&Tab;", "&sol;", "&lt"],
    *["example.org", ".", "..", "a", "1", "0x", "-", "xn--", "é", "℀", "。", "＠", " ", "\t", "\n"],
    *["\x01", "\u200b", "\u202e", "\u2066", "\ufffe", "%", "%2f", '"', "<", "'", "[", "]", "٣"],
]
ADDRESSES = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40)


@settings(deadline=None, derandomize=True, max_examples=250)
@given(ADDRESSES)
@example("https://xn--a.b")
@example("https://" + "\u0130" * 63)
def test_a_link_leads_where_it_says_however_often_it_is_decoded(typed):
    for link in links([typed]):
        address = link.address
        for _ in range(4):
            assert leads(address) in LEADS[link.kind]
            assert not re.search(r'[\s"<>\\^`{|}]', address)
            assert forbidden_character(address) is None
            address = html.unescape(address)
        assert shown_host(link).isascii()


@settings(deadline=None, derandomize=True, max_examples=80)
@given(ADDRESSES)
def test_a_link_written_into_a_page_is_read_as_the_same_link(typed):
    for link in links([typed]):
        assert link == parse_link(html.escape(link.address))


@settings(deadline=None, derandomize=True, max_examples=80)
@given(ADDRESSES | st.text(max_size=200))
def test_a_refusal_is_one_harmless_line(typed):
    for refusal in (parse_link(typed), parse_doi(typed)):
        if isinstance(refusal, Mistake):
            for line in (refusal.message, refusal.hint):
                assert line
                assert len(line) < 220
                assert "\n" not in line
                assert forbidden_character(line) is None
                assert not re.search(r"##\w*\[", line)


@pytest.mark.parametrize(
    ("typed", "doi", "address"),
    [
        ("10.1000/182", "10.1000/182", "https://doi.org/10.1000/182"),
        (" 10.1000/182\n", "10.1000/182", "https://doi.org/10.1000/182"),
        ("doi:10.1000/182", "10.1000/182", "https://doi.org/10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182", "https://doi.org/10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182", "https://doi.org/10.1000/182"),
        ("HTTP://DX.DOI.ORG/10.1000/182", "10.1000/182", "https://doi.org/10.1000/182"),
        ("https://www.doi.org/10.1000/182?a=b#c", "10.1000/182", "https://doi.org/10.1000/182"),
        ("https://doi.org/10.1000/a%3Cb%3E", "10.1000/a<b>", "https://doi.org/10.1000/a%3Cb%3E"),
        ("10.1000/a&amp;b", "10.1000/a&b", "https://doi.org/10.1000/a%26b"),
        ("10.1000/a&lt;b", "10.1000/a<b", "https://doi.org/10.1000/a%3Cb"),
        ("10.1000/a?b#c%d", "10.1000/a?b#c%d", "https://doi.org/10.1000/a%3Fb%23c%25d"),
        ("10.1000/ü", "10.1000/ü", "https://doi.org/10.1000/%C3%BC"),
        (
            "10.1002/(SICI)1522-2594(199911)42:5<952::AID-MRM16>3.0.CO;2-S",
            "10.1002/(SICI)1522-2594(199911)42:5<952::AID-MRM16>3.0.CO;2-S",
            "https://doi.org/10.1002/(SICI)1522-2594(199911)42:5%3C952::AID-MRM16%3E3.0.CO;2-S",
        ),
    ],
)
def test_a_doi_is_read_bare_or_from_its_address_and_has_an_address(typed, doi, address):
    assert doi == parse_doi(typed)
    assert Link(address) == doi_link(doi)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "is not a DOI"),
        ("182", "is not a DOI"),
        ("10.100/182", "is not a DOI"),
        ("10.1234567890/182", "is not a DOI"),
        ("10.1000/", "is not a DOI"),
        ("10.١٠٠٠/182", "is not a DOI"),
        ("11.1000/182", "is not a DOI"),
        ("https://example.org/10.1000/182", "is not a DOI"),
        ("https://doi.org.example/10.1000/182", "is not a DOI"),
        ("https://doi.org/", "is not a DOI"),
        ("javascript:10.1000/182", "is not a DOI"),
        ("10.1000/" + "a" * MAX_LENGTH, "is not a DOI"),
        ("10.1000/" + "ü" * 400, "is not a DOI"),
        ("10.1000/1 82", "U+0020"),
        ("10.1000/1\x0082", "U+0000"),
        ("10.1000/1&#x202e;82", "U+202E"),
        ("10.1000/1\u200b82", "U+200B"),
        ("https://doi.org/10.1000/1%0082", "U+0000"),
        ("https://doi.org/10.1000/1%E2%80%AE82", "U+202E"),
    ],
)
def test_what_is_no_doi_is_refused(typed, told):
    refusal = parse_doi(typed)

    assert isinstance(refusal, Mistake), refusal
    assert told in refusal.message


@pytest.mark.parametrize("text", ["", "182", "10.1000/a b", "10.1000/\ud800", "10.1000/\x01"])
def test_what_is_no_doi_has_no_address(text):
    assert doi_link(text) is None


@settings(deadline=None, derandomize=True, max_examples=80)
@given(st.text(alphabet=st.sampled_from([*"aA1/.<>?#%&;:@\\^`{|}\"' é\u200b\x01"]), max_size=20))
def test_a_doi_that_is_read_has_an_address_at_the_resolver(suffix):
    doi = parse_doi(f"10.1000/{suffix}")

    if isinstance(doi, str):
        assert doi_link(doi).address.startswith("https://doi.org/10.1000/")
        assert doi == parse_doi(doi_link(doi).address)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("no reference", "no reference"),
        ("&amp;&lt;&AMP;&LT;", "&<&<"),
        ("&amp;lt;", "&lt;"),
        ("?a=1&copy=2&lt=3", "?a=1&copy=2&lt=3"),
        ("&copy;&nosuchname;&notit;", "©&nosuchname;&notit;"),
        ("&#65;&#x41;&#X41;&#0000000065;", "AAAA"),
        ("&#65 &#x; &#; &;", "&#65 &#x; &#; &;"),
        ("&#150;&#x80;", "–€"),
        ("&#129;", "\x81"),
        ("&#0;&#1;&#x202e;&#xfffe;", "\x00\x01\u202e\ufffe"),
        ("&#xD800;", "\ud800"),
        ("&#1114111;", "\U0010ffff"),
        ("&#1114112;&#x110000;&#99999999;", "\ufffd\ufffd\ufffd"),
    ],
)
def test_references_are_decoded_once_and_hide_nothing(text, read):
    assert read == decoded(text)


def test_named_references_are_read_as_browsers_read_them():
    names = [name for name in html5 if name.endswith(";")]

    page = html5lib.parseFragment("\u241e".join(f"&{name}" for name in names))

    assert page.text.split("\u241e") == [decoded(f"&{name}") for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "&" * 1_000_000,
        "&#" * 500_000,
        "&#1" * 300_000,
        "&#" + "1" * 1_000_000 + ";",
        "&amp;" * 200_000,
        "&a" * 500_000,
        "/" * 1_000_000,
        ":" * 1_000_000,
        "https://" + "a." * 500_000,
        "https://" + "é" * 1_000_000,
        "\u2066" * 200_000,
        "10.1000/" + "a" * 1_000_000,
        *["https://" + "é." * 1_000, "https://" + "xn--" * 500, "mailto:" + "a" * 2_000],
        *["&amp;" * 400, "https://" + "é" * 63, "\u0130" * 2_000, "https://" + "ﷺ" * 2_000],
    ],
)
def test_the_time_for_an_address_does_not_grow_beyond_its_length(text):
    started = time.process_time()

    for _ in range(10):
        parse_link(text)
        parse_doi(text)
        decoded(text)

    assert time.process_time() - started < 10
