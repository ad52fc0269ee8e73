"""What to do about a value that isn't as the format says, for the writer who typed it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_annotate.model.date_text import read_date
from mkdocs_annotate.model.dates import Date, looks_like_a_date, meant_date, parse_date
from mkdocs_annotate.model.messages import character_name, did_you_mean, nearest
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.nodes import MappingNode, Node, ScalarNode, SequenceNode

_SHORTER = {
    "quote": "give its first words here and its last words as `through`",
    "note": "write what is most needed, and link to the rest",
    "prefix": "32 characters do",
    "suffix": "32 characters do",
}

_ONE_OF_LIST = {
    "quote": "give each passage an annotation of its own",
    "kind": "choose one, or write an annotation for each",
}

_ENTRIES = {
    shapes.SIDECAR.called: "a sidecar begins with `annotations:`, and below it `- quote: …`",
    shapes.ARTICLE.called: "write its fields below it, indented, such as `type: …`",
    shapes.ANNOTATION.called: "write `- quote: …` and, below it, `note: …`",
    shapes.CORRECTION.called: "write `- date: …` and, below it, `text: …`",
    shapes.CITATION.called: "write the key of a source, or `source: …`",
    shapes.SOURCE.called: "write its fields below its key, indented: `title: …`",
    shapes.INLINE_SOURCE.called: "write `title: …` and, below it, `url: …`",
    shapes.DEFAULTS.called: "write below it, indented, such as `by: …`",
}

_FLAGS = {
    **dict.fromkeys(("yes", "y", "on", "1"), "write `true`"),
    **dict.fromkeys(("no", "n", "off", "0"), "write `false`, or remove the line"),
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAY_FIRST = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", re.ASCII)
_SWAPPED = re.compile(r"(\d{4})-(\d{2})-(\d{2})")

# No letter, digit or sign of a keyboard: a no-break space, or something without a shape.
_UNSEEN = re.compile(r"[^\S \n]|[\u00ad\u200b-\u200f\u2060\ufeff]")
_ADDRESS = re.compile("https?://|www\\.")


@dataclass(frozen=True)
class KeyHint:
    """What to do about a key or value, and whether the same hint does for its neighbours."""

    text: str
    shared: str = ""
    """Names the hint where several keys of one entry have it in common: one of them is reported."""


def called(node: Node) -> str:
    """Return what a writer calls `node`."""
    if isinstance(node, SequenceNode):
        return "a list"
    return "an entry with keys" if isinstance(node, MappingNode) else "a text"


def listed(words: Iterable[str]) -> str:
    """Return `words` in a row."""
    return ", ".join(f"`{word}`" for word in words)


def shorter(key: str) -> str:
    """Return what to do about a value that is too long."""
    return _SHORTER.get(key, "shorten it")


def for_text(node: Node, shape: shapes.Shape, key: str) -> str:
    """Return what to write where a text is wanted and `node` is a list or an entry."""
    if isinstance(node, MappingNode) and key == "source":
        return "write what describes the source in place of `source:`, in the same column"
    if isinstance(node, MappingNode):
        return "write a text; if a colon belongs to it, put all of it in quotes"
    if key in _ONE_OF_LIST:
        return _ONE_OF_LIST[key]
    if isinstance(shape, shapes.Text) and shape.markdown:
        return f"write `{key}: |`, and the list below it, indented"
    return "write one text in place of the list"


def for_list(node: Node, shape: shapes.Record) -> str:
    """Return what to write where a list of entries is wanted and `node` is none."""
    first = next(iter(shape.fields))
    if shape is shapes.CORRECTION:
        return f"make it a list: {_ENTRIES[shape.called]}"
    if isinstance(node, MappingNode) and first not in node.entries and node.entries:
        name = shown(next(iter(node.entries)))
        return f"make it a list: write `- ` in place of `{name}:`"
    return f"make it a list: write `- {first}: …`"


def for_entries(node: Node) -> str:
    """Return what to write where entries by key are wanted and `node` is a list or a text."""
    if isinstance(node, SequenceNode):
        entries = (item.entries for item in node.items if isinstance(item, MappingNode))
        if any("quote" in entry for entry in entries):
            return "if these are annotations, write `annotations:` in place of `sources:`"
        return "write a key of your choice in place of each `- `, such as `minutes:`"
    return "write a key of your choice below it, and below that `title: …`"


def for_record(node: Node, shape: shapes.Record) -> str:
    """Return what to write where an entry is wanted and `node` is a list or a text."""
    if shape is shapes.SIDECAR and isinstance(node, SequenceNode):
        return "write `annotations:` above it"
    if shape is shapes.SOURCE and isinstance(node, ScalarNode) and _ADDRESS.match(node.text):
        return "write it below the key as `url: …`, with a `title: …`"
    return _ENTRIES[shape.called]


def for_missing(key: str, node: MappingNode, *, further: bool) -> str:
    """Return what to do about an entry without `key`, that is not the first of its list or is."""
    if key == "quote" and set(node.entries) <= set(shapes.DEFAULTS.fields):
        return "add `quote: …`; what holds for all annotations stands below `defaults:`"
    if further:
        return f"add `{key}: …`, or, if it goes on with the entry above, remove its `- `"
    return f"add `{key}: …`"


def for_unknown(name: str, node: MappingNode, shape: shapes.Record) -> KeyHint:
    """Return what to do about a key that an entry of `shape` doesn't have."""
    unseen = _UNSEEN.search(name)
    if unseen and _UNSEEN.sub("", name) in shape.fields:
        return KeyHint(
            f"it holds the invisible character {character_name(unseen.group())}: delete it"
        )
    if node.style == "flow" and _is_blank(node.entries[name][1]):
        return KeyHint("a comma in braces begins a new key: put the text in quotes")
    free = [known for known in shape.fields if known not in node.entries]
    meant = _synonym(name, shape, free)
    if meant:
        return KeyHint(f"did you mean `{meant}`?")
    if shape is shapes.CITATION and "source" in free and _is_described(node.entries[name][1]):
        text = f"remove `{shown(name)}:` and keep what is below it, or describe the source under "
        return KeyHint(text + "`sources:` in column 1, and write its key here")
    taken = _synonym(name, shape, list(shape.fields)[::-1], last=True)
    if taken:
        return KeyHint(f"`{taken}` stands in it already: join the two, or remove one")
    elsewhere = _elsewhere(name, node, shape)
    if elsewhere:
        return elsewhere
    near = nearest(name, shape.fields)
    if not near and len(node.entries) == 1 and shape.called in _PAIRS:
        first, second = _PAIRS[shape.called]
        return KeyHint(f"write `{first}: {shown(name)}` and, below it, `{second}: …`")
    if near and near not in free:
        return KeyHint(f"`{near}` stands in it already: remove one of the two")
    near = near or _mistyped_synonym(name, shape, free)
    return KeyHint(f"did you mean `{near}`?" if near else f"its keys are {listed(shape.fields)}")


def _synonym(name: str, shape: shapes.Record, free: list[str], *, last: bool = False) -> str:
    """Return the first of the `free` keys that a writer may mean by `name`, or the `last`.

    Empty for none.
    """
    for candidate in (name, name.lower().replace("-", "_")):
        meanings = shape.synonyms.get(candidate, candidate).split()
        for meant in reversed(meanings) if last else meanings:
            if meant in free:
                return meant
    return ""


def _mistyped_synonym(name: str, shape: shapes.Record, free: list[str]) -> str:
    """Return the `free` key meant by the synonym that `name` is nearest to; empty for none."""
    # Short words are near to one another by chance, and hardly anybody mistypes the first letter.
    near = nearest(name, shape.synonyms) if len(name) > 3 else None
    alike = near and near[:1] == name[:1].lower()
    return _synonym(near, shape, free) if near and alike else ""


_PAIRS = {
    shapes.CITATION.called: ("source", "locator"),
    shapes.ANNOTATION.called: ("quote", "note"),
}


def _is_blank(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.text


def _is_described(node: Node) -> bool:
    return isinstance(node, MappingNode) and "title" in node.entries


def _elsewhere(name: str, node: MappingNode, shape: shapes.Record) -> KeyHint | None:
    """Return where the key `name` belongs, if only its place is wrong."""
    records = [other for other in shapes.RECORDS if name in other.fields and other is not shape]
    if not records:
        return None
    if shape is shapes.DEFAULTS and shapes.ANNOTATION in records:
        text = f"only {listed(shape.fields)} hold for all: write it in each annotation"
        return KeyHint(text, "annotation")
    if shape is shapes.SIDECAR and shapes.ANNOTATION in records and "quote" in node.entries:
        text = "write `annotations:` above it, indent the lines, and begin the first with `- `"
        return KeyHint(text, "annotation")
    if shape is shapes.CITATION and records == [shapes.SOURCE]:
        text = "it describes a source: do so under `sources:` in column 1, or remove `source:` here"
        return KeyHint(text, "source")
    if shape is shapes.ANNOTATION and records == [shapes.SOURCE]:
        text = "it describes a source: write it below `sources:`, indented, with a `title`"
        return KeyHint(text, "source")
    if shape is shapes.SIDECAR and shapes.DEFAULTS in records:
        return KeyHint("write it below `defaults:`, indented, and it holds for all", "defaults")
    if records == [shapes.CITATION]:
        text = f"it is a key of a citation: write `- source: …` and, below it, `{name}: …`"
        return KeyHint(text, "citation")
    if records[0] is shapes.SIDECAR:
        return KeyHint("it is a key of the file: begin it in column 1")
    owners = " and ".join(record.called for record in records)
    return KeyHint(f"it is a key of {owners}: look at the indentation", owners)


def for_key(name: str) -> str:
    """Return what to do about a text that can't be the key of a source."""
    joined = "-".join(name.split())
    if joined and joined != name:
        return f"write it without spaces: `{shown(joined)}`"
    return "use a word without spaces"


def for_meaning(text: str, shape: shapes.Shape, key: str) -> str:
    """Return what to do about a text that says nothing as `shape`."""
    if isinstance(shape, shapes.Name):
        return _for_name(text, shape)
    if isinstance(shape, shapes.Choice):
        return _for_choice(text, shape, key)
    if isinstance(shape, shapes.Flag):
        return _FLAGS.get(text.lower(), "write `true` or `false`")
    if isinstance(shape, shapes.When):
        return _for_date(text, whole=shape.whole)
    if isinstance(shape, shapes.Published):
        return _for_publication(text)
    return _for_place(text)


def _for_name(text: str, shape: shapes.Name) -> str:
    if shape.pattern == shapes.KEY_PATTERN:
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > 1 and all(re.fullmatch(shape.pattern, part) for part in parts):
            return f"write a list: `[{shown(', '.join(parts))}]`"
        return shape.says
    if "," in text and shape.pattern == shapes.KIND_PATTERN:
        return _ONE_OF_LIST["kind"]
    near = "-".join(re.findall("[a-z0-9]+", text.lower()))
    if shape.slug and re.fullmatch(shape.pattern, near):
        return f"write `{shown(near)}`: {shape.says}"
    return shape.says


def _for_choice(text: str, shape: shapes.Choice, key: str) -> str:
    if key == "voice" and len(text.split()) > 1:
        return "write `speaker: …`: a voice is `author` or `quoted`, a speaker has a name"
    return did_you_mean(text, shape.words) or f"write one of {listed(shape.words)}"


def _for_date(text: str, *, whole: bool) -> str:
    meant = meant_date(text) or _spelt_date(text)
    if meant and (meant.day or not whole):
        return f"write `{meant}`"
    swapped = _SWAPPED.fullmatch(text)
    if swapped and parse_date(f"{swapped[1]}-{swapped[3]}-{swapped[2]}"):
        return (
            f"did you mean `{swapped[1]}-{swapped[3]}-{swapped[2]}`? The month stands in the middle"
        )
    if looks_like_a_date(text) and not parse_date(text):
        return f"the calendar has no such {'day' if text.count('-') > 1 else 'year or month'}"
    parts = "" if whole else ", or a part of one like `2024-11` or `2024`"
    return f"write a date like `2024-11-03`{parts}"


def _spelt_date(text: str) -> Date | None:
    """Return the date that `text` gives with its day first, or with a month's name in English.

    None where it has neither, or could be read in two ways.
    """
    figures = _DAY_FIRST.fullmatch(text)
    if figures and (figures[2] == "." or int(figures[1]) > 12):
        return parse_date(f"{figures[4]}-{figures[3]:0>2}-{figures[1]:0>2}")
    words = re.findall(r"[a-z]+|\d+", text.lower())
    months = [word for word in words if len(word) >= 3 and word[:3] in _MONTHS]
    numbers = [word for word in words if word.isdigit() and len(word) <= 4]
    years = [word for word in numbers if len(word) == 4]
    days = [word for word in numbers if len(word) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        return None
    month = _MONTHS.index(months[0][:3]) + 1
    return parse_date("-".join([years[0], f"{month:02d}", *(day.zfill(2) for day in days)]))


def _for_publication(text: str) -> str:
    meant = read_date(text)
    if meant:
        return f"write `{meant}`"
    if looks_like_a_date(text):
        return _for_date(text, whole=False)
    return "write a date like `2024-11-03`, `2024-11`, `1850~` (about), `1998/1999`, or `in press`"


def _for_place(text: str) -> str:
    if text.lower() == "all":
        return "write `all`"
    numbers = re.findall("[0-9]{1,6}", text)
    if len(numbers) == 2 and 1 <= int(numbers[0]) <= int(numbers[1]):
        return f"write `{int(numbers[0])} of {int(numbers[1])}`"
    return "write `2 of 3` (the second of three places), or `all`"
