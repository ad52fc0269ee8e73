"""The worst pages and sidecars that anybody could think of, and ordinary ones of the same size."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial

from pages import annotation, article, converter

from mkdocs_annotate.model.sidecar import ALL, Annotation, Occurrence

SIZE = 1_000_000
"""How many characters a hostile page has, where its line says nothing else."""

EVERY = Occurrence(ALL)
_LOST = "nothing like these words stands anywhere here"
_PREFIX, _SUFFIX = "as she had said to all of them before", "and then nobody spoke for a while"


@dataclass(frozen=True)
class Input:
    """A page and its annotations."""

    html: str
    annotations: list[Annotation]
    source: str = ""
    proposals: bool = False
    """The nearest passages of orphans are looked for too."""


@cache
def _prose(size: int) -> tuple[str, list[str]]:
    """Return a page of `size` characters of invented prose, and its sentences but for the last."""
    text, sentences = article(size // 5)
    html = converter("default")(text)[:size]
    shown = [sentence for sentence in sentences if sentence in html]
    return html, shown


def prepare() -> None:
    """Make the prose that most pages begin with, so that processes made later have it."""
    for size in (4000, 60_000, 200_000, SIZE - 100_000, SIZE):
        _prose(size)


def _quotes(sentences: list[str], count: int) -> list[Annotation]:
    """Return `count` annotations of different stretches of seven words."""
    found: list[Annotation] = []
    for round_ in range(4):
        for sentence in sentences[:: max(1, len(sentences) // count)]:
            words = sentence.rstrip(".").split(" ")
            found.append(annotation(" ".join(words[round_ : round_ + 7]), len(found)))
            if len(found) == count:
                return found
    return found


def _ordinary(
    size: int, count: int, *, source: bool = False, proposals: bool = False, lost: int = 1
) -> Input:
    html, sentences = _prose(size)
    annotations = _quotes(sentences, count - lost)
    annotations += [annotation(_LOST, count + number) for number in range(lost)]
    return Input(html, annotations, html if source else "", proposals)


def _with_prose(
    body: str, quotes: Iterable[str] = (), source: str = "", *, proposals: bool = False
) -> Input:
    """Return a page of a little prose and then `body`, with twenty annotations at least."""
    html, sentences = _prose(4000)
    annotations = _quotes(sentences, 15)
    for quote in (_LOST, *quotes):
        annotations.append(annotation(quote, len(annotations)))
        given = {"prefix": quote[:20] * 2, "suffix": quote[-20:] * 2}
        annotations.append(annotation(quote, len(annotations), **given))
    return Input(html + body, annotations, source, proposals)


def _repeated(sign: str, *quotes: str, after: str = "", proposals: bool = False) -> Input:
    body = (sign * (SIZE // len(sign) + 1))[:SIZE] + after
    return _with_prose(body, quotes, proposals=proposals)


def _source(sign: str) -> Input:
    """Return an ordinary page whose Markdown is hostile, and holds one quote that needs it."""
    html, _ = _prose(SIZE)
    source = (sign * (SIZE // len(sign) + 1))[:SIZE] + "\n\nthe *very* words"
    return _with_prose(f"<p>the <em>very</em> words and others</p>{html}", ["*very* words"], source)


def _overlapping(span: int) -> Input:
    """Return a block with 1,000 passages, each of `span` words, that begin a word after another."""
    words = [f"w{number}" for number in range(10_000)]
    starts = range(1000)
    annotations = [annotation(" ".join(words[at : at + span]), at) for at in starts]
    return Input(f"<p>{' '.join(words)}</p>", annotations)


def _nested(tags: int) -> Input:
    body = "<b>" * tags + "words that stand deep inside" + "</b>" * tags
    return _with_prose(f"<p>before them {body} and after</p>", ["words that stand deep inside"])


def _across(between: str) -> Input:
    """Return a page with a passage that runs from its first words over all of it."""
    body = between * (SIZE // len(between))
    return _with_prose(f"<p>the first of all</p>{body}<p>the last of all</p>", ["all the last of"])


def _lost(size: int, *, proposals: bool) -> Input:
    html, sentences = _prose(size)
    lost = [
        annotation(entry.quote.exact.replace(" ", " zz ", 3), number)
        for number, entry in enumerate(_quotes(sentences, 1000))
    ]
    return Input(html, lost, proposals=proposals)


def _twins(count: int, **given: object) -> Input:
    """Return a page with 900 places of one quote, and `count` annotations of it."""
    html, _ = _prose(SIZE - 100_000)
    twins = "".join(f"<p>before {at} the same words, behind {at} the end</p>" for at in range(900))
    return Input(html + twins, [annotation("the same words", n, **given) for n in range(count)])


def _holes(count: int) -> Input:
    """Return a page where prefix and suffix follow each other 1,000 times, the words elsewhere."""
    html, _ = _prose(SIZE - 100_000)
    gone = f"<p>{_PREFIX} {_SUFFIX}</p>" * 1000
    context = {"prefix": _PREFIX, "suffix": _SUFFIX}
    quotes = [annotation("the same words", number, **context) for number in range(count)]
    return Input(f"{html}{gone}<p>the same words</p>", quotes)


def _sections(count: int) -> Input:
    """Return a page of headings, and quotes that are looked for below the last of them."""
    heads = "".join(f"<h2>part {number}</h2>" for number in range(SIZE // 20))
    quotes = [annotation("the same words", n, section="last") for n in range(count)]
    return Input(f"{heads}<h2>last</h2><p>the same words</p>", quotes)


_SMALL, _MANY = "1 MB, 20 annotations", "1 MB, 1,000 annotations"
_SOURCED, _LITTLE, _BLOCK = "1 MB with its source, 20", "60 kB, 20 annotations", "60 kB, 1,000"
_ORPHANS = "200 kB, 1,000 annotations"
_HUNDRED = "1 MB, 100 annotations"
_PROPOSED = "1 MB, 20, proposals for 5"
ORDINARY: dict[str, Callable[[], Input]] = {
    _SMALL: partial(_ordinary, SIZE, 20),
    _SOURCED: partial(_ordinary, SIZE, 20, source=True),
    _HUNDRED: partial(_ordinary, SIZE, 100),
    _PROPOSED: partial(_ordinary, SIZE, 20, proposals=True, lost=5),
    _MANY: partial(_ordinary, SIZE, 1000),
    _LITTLE: partial(_ordinary, 60_000, 20),
    _BLOCK: partial(_ordinary, 60_000, 1000),
    _ORPHANS: partial(_ordinary, 200_000, 1000),
}

_A = ("a" * 50, "a" * 50 + "b", "b" + "a" * 50)
_MARKS, _FLAG = "\u0301\u0323", "🇺🇦"
_FAMILY = "👩\u200d👩\u200d👧"
HOSTILE: dict[str, tuple[str, Callable[[], Input]]] = {
    **{
        f"{sign!r} repeated": (_SMALL, partial(_repeated, sign))
        for sign in (
            *('<a "', "&", "<", "<!--", "<script>", "<title", "</"),
            *("<svg>", "</b>", "<b>", "<b></i>", "<ruby><rt>", "<h2>", "<a href=b>", "&#1"),
            *("<button>", "<pre>", "<br>", '<div class="toc">', "<b>x</b>"),
        )
    },
    "`<a =` and spaces": (_SMALL, lambda: _with_prose("<a =" + " " * SIZE)),
    "one tag of many attributes": (_SMALL, lambda: _with_prose("<a " + "b " * (SIZE // 2))),
    "one tag of one value": (_SMALL, lambda: _with_prose('<a class="' + "b " * (SIZE // 2))),
    "`a` and quotes of `aaaa…`": (_SMALL, partial(_repeated, "a", *_A)),
    "the same, with proposals": (_PROPOSED, partial(_repeated, "a", *_A, proposals=True)),
    "`ab` and quotes of `abab…`": (_SMALL, partial(_repeated, "ab", "ab" * 40, "ab" * 40 + "c")),
    "white space": (_SMALL, partial(_repeated, " \u00a0")),
    "digits": (_SMALL, partial(_repeated, "1.", "1." * 20, "1." * 20 + "2")),
    "emoji of many parts": (_SMALL, partial(_repeated, _FAMILY, _FAMILY * 4, after=" end")),
    "flags": (_SMALL, partial(_repeated, _FLAG, f"{_FLAG} end", after=" end")),
    "letters with marks": (_SMALL, partial(_repeated, "e\u0301", "é" * 9)),
    "one letter, 2,000 marks": (_SMALL, lambda: _with_prose("e" + _MARKS * 1000)),
    "one letter, 1 MB of marks": (_SMALL, lambda: _with_prose("e" + _MARKS * (SIZE // 2))),
    "invisible characters": (_SMALL, partial(_repeated, "\u200b", "a\u200ba")),
    "ligatures": (_SMALL, partial(_repeated, "ﬃ ﷺ", "ffi ffi ffi")),
    "blank blocks, a passage across": (_SMALL, partial(_across, "<p> </p>")),
    "blank inline elements, the same": (_SMALL, partial(_across, "<b> </b>")),
    "10,000 inline tags deep": (_LITTLE, partial(_nested, 10_000)),
    "a blank quote of 20,000 lines": (
        _SOURCED,
        lambda: _with_prose(_prose(SIZE)[0], ["x" + "\n" * 20_000 + "y"], _prose(SIZE)[0]),
    ),
    **{
        f"source of {sign!r}": (_SOURCED, partial(_source, sign))
        for sign in ("[^", "](", "[", "<", "{:", "a ", "a b ", "\n", "&#", "<!--", "\n1")
    },
    "1,000 passages, 8 over each other": (_BLOCK, partial(_overlapping, 8)),
    "1,000 passages, 500 over each other": (_BLOCK, partial(_overlapping, 500)),
    "1,000 orphans, none proposed": (_ORPHANS, partial(_lost, 200_000, proposals=False)),
    "1,000 orphans, 25 proposed for": (_ORPHANS, partial(_lost, 200_000, proposals=True)),
    "1,000 quotes, 900 places each": (_MANY, partial(_twins, 1000)),
    "100 of them pinned": (_HUNDRED, partial(_twins, 100, prefix="before 7", suffix=", behind 7")),
    "100 of them with long context": (
        _HUNDRED,
        partial(_twins, 100, prefix="the end before 700 ", suffix=", behind 700 the end"),
    ),
    "100 of them with `through`": (_HUNDRED, partial(_twins, 100, through="the end")),
    "100 of them with `occurrence: all`": (_HUNDRED, partial(_twins, 100, occurrence=EVERY)),
    "100 pinned, 1,000 holes": (_HUNDRED, partial(_holes, 100)),
    "100 below one of 50,000 headings": (_HUNDRED, partial(_sections, 100)),
}
