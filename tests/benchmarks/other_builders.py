"""How surely passages are found on the pages of other builders, and what else changes there.

Run it by hand: `python tests/benchmarks/other_builders.py`, with `--articles DIR` for Markdown of
your own, `--modules DIR` for a folder `node_modules`, and names of builders for these alone.
Whatever is installed is measured: each builds a site of the same articles, and once more with
signs planted around passages.  Quotes are copied from the Markdown, which then lies beside the
sidecar, and from the page.  A passage marked in a wrong place is the fault that counts.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from builders import BUILDERS as OTHERS
from builders import Builder
from planted import Article, Case, Seen, cases, parsed, passages, planted, seen, structure
from python_builders import PYTHON_BUILDERS

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("mkdocs-annotate")
SHIPPED = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "site/why.md", "site/how.md")
PASSAGES = 40
BUILDERS = {**PYTHON_BUILDERS, **OTHERS}


def articles(folder: Path | None, own: str) -> dict[str, Article]:
    """Return the articles that each builder gets, by name."""
    files = sorted(folder.glob("*.md")) if folder else [ROOT / name for name in SHIPPED]
    texts = {path.stem.lower(): _tame(path.read_text("utf-8")) for path in files}
    texts["own"] = f"# What is its own\n\n{next(iter(texts.values()))[:4000]}\n\n{own}\n"
    found = {}
    for name, text in texts.items():
        rng = random.Random(name)
        found[name] = Article(text, passages(text, PASSAGES, rng))
    return found


def _tame(text: str) -> str:
    """Return Markdown that means nothing of its own to any builder."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->|^[ ]*</?[a-z][^>]*>$|\s*<a [^>]*></a>", "", text, flags=re.S | re.M)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    return text.replace("{{", "{ {").replace("{%", "{ %").replace("}}", "} }").replace("%}", "% }")


def build(builder: Builder, made: dict[str, str], folder: Path, modules: list[Path]) -> str:
    """Build the site of `made` in `folder`; return what went wrong, if anything."""
    listed = "".join(f"* [{name}]({name}.md)\n" for name in made)
    for path, text in builder.files.items():
        _write(folder / path, text.replace("LIST", listed))
    for name, text in made.items():
        if builder.form:
            arguments = ["pandoc", "-s", "-f", "gfm+footnotes", "-t", builder.form]
            done = subprocess.run(arguments, input=text, capture_output=True, text=True, check=True)
            text = done.stdout
        front = builder.front.replace("TITLE", name)
        _write(folder / builder.article.replace("NAME", name), front + text)
    if builder.package:
        home = next((one for one in modules if (one / builder.package).is_dir()), None)
        if home is None:
            return "not installed"
        (folder / "node_modules").symlink_to(home.resolve())
    if not builder.package and not shutil.which(builder.command.split()[0]):
        return "not installed"
    environment = {**os.environ, "CI": "1", "NO_COLOR": "1", "ASTRO_TELEMETRY_DISABLED": "1"}
    done = subprocess.run(
        ["sh", "-c", builder.command], cwd=folder, env=environment, capture_output=True, text=True
    )
    return (done.stdout + done.stderr)[-2000:] if done.returncode else ""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def sidecar(quoted: dict[int, Case]) -> str:
    """Return a sidecar with one annotation a line, from the second."""
    lines = ["annotations:"]
    for number, one in quoted.items():
        fields: dict[str, Any] = {"id": f"p{number}", "quote": one.quote, "note": "A note."}
        fields |= {"prefix": one.prefix} if one.prefix else {}
        fields |= {"suffix": one.suffix} if one.suffix else {}
        lines.append(f"  - {json.dumps(fields, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def render(site: Path, notes: Path, *further: str) -> str:
    """Annotate a site; return what is reported."""
    done = subprocess.run(
        [COMMAND, "render", site, "--sidecars", notes, *further], capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


class Table:
    """What was counted for one builder."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.examples: list[str] = []
        self.troubles: list[str] = []

    def line(self) -> str:
        """Return the line of the builder."""
        counts = self.counts
        said = ", ".join(f"{count} {reason}" for reason, count in self.reasons.most_common())
        parts = (
            f"{counts['pages']:4} {counts['passages']:6} {counts['right']:6}"
            f" {counts['wrong']:5} {counts['orphan']:6}"
        )
        return f"{self.name:26}{parts}  {said}"


def measure(name: str, folder: Path | None, modules: list[Path], work: Path) -> Table:
    """Return what became of the passages on the pages of one builder."""
    builder, table = BUILDERS[name], Table(name)
    texts = articles(folder, builder.own)
    clean, marked = work / "clean", work / "marked"
    for place, signs in ((clean, False), (marked, True)):
        made = {
            key: planted(one.text, one.chosen) if signs else one.text for key, one in texts.items()
        }
        if trouble := build(builder, made, place, modules):
            table.troubles.append(trouble)
            return table
    sites = clean / builder.site, marked / builder.site
    for copied in (False, True):
        if copied or not builder.form:
            _measure(table, builder, texts, sites, work / ("page" if copied else "source"))
    return table


def _measure(
    table: Table, builder: Builder, texts: dict[str, Article], sites: tuple[Path, Path], work: Path
) -> None:
    """Add to `table` what becomes of quotes from the pages or the sources of `texts`."""
    site, signed = sites
    notes, output, empty = work / "notes", work / "site", work / "empty"
    known: dict[str, tuple[dict[int, Case], Any]] = {}
    for key, article in texts.items():
        uri = builder.page.replace("NAME", key)
        if not (site / uri).is_file() or not (signed / uri).is_file():
            table.troubles.append(f"{key} is not published")
            continue
        tree = parsed((site / uri).read_bytes())
        page = seen(tree, builder.place)
        signs = seen(parsed((signed / uri).read_bytes()), builder.place)
        if page.plain() != signs.plain():
            table.troubles.append(f"{key}: signs change the page")
            continue
        quoted = cases(article, page, signs, copied=work.name == "page")
        stem = _stem(uri)
        _write(notes / f"{stem}.annotations.yml", sidecar(quoted))
        if work.name == "source":
            _write(notes / f"{stem}.md", article.text)
        known[uri] = quoted, tree
    reported = render(site, notes, "--output", str(output))
    for uri, (quoted, tree) in known.items():
        _compare(table, (output / uri).read_bytes(), (site / uri).read_bytes(), tree, builder)
        made = seen(parsed((output / uri).read_bytes()), builder.place)
        _count(table, uri, quoted, made, reported)
    before = _bytes_of(output)
    render(output, notes)
    if _bytes_of(output) != before:
        table.troubles.append("annotated twice is not annotated once")
    empty.mkdir()
    render(output, empty)
    if _bytes_of(output) != _bytes_of(site):
        table.troubles.append("without sidecars it is not the plain site")


def _stem(uri: str) -> str:
    return uri.removesuffix(".html").removesuffix("/index")


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _compare(table: Table, made: bytes, plain: bytes, tree: Any, builder: Builder) -> None:
    """Report what changed beside marks, notes and the head."""
    table.counts["pages"] += 1
    # In the head our tags stand between two comments, and nowhere else so before the article.
    head, _, rest = made.partition(b"<!--ann-->")
    if b"annotate.css" in rest.partition(b"<!--/ann-->")[0]:
        made = head + rest.partition(b"<!--/ann-->")[2]
    tag = builder.place[0].encode()
    start = next(
        (
            found.end()
            for found in re.finditer(rb"<" + tag + rb"\b[^>]*>", plain)
            if builder.place[2].encode() in found[0]
        ),
        0,
    )
    if made[:start] != plain[:start]:
        table.troubles.append("bytes before the article changed")
    tail = plain[_end_of(plain, tag, start) :]
    if not made.endswith(tail):
        table.troubles.append("bytes behind the article changed")
    if structure(parsed(made)) != structure(tree):
        table.troubles.append("elements beside ours changed")


def _end_of(plain: bytes, tag: bytes, start: int) -> int:
    depth = 1
    for found in re.compile(rb"<(/?)" + tag + rb"\b").finditer(plain, start):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    return len(plain)


def _count(table: Table, uri: str, quoted: dict[int, Case], made: Seen, told: str) -> None:
    lines: dict[int, str] = {}
    stem = _stem(uri)
    pattern = rf"{re.escape(stem)}\.annotations\.yml:(\d+):\d+: (.*?)\[([\w-]+)\]$"
    for found in re.finditer(pattern, told, re.M):
        lines[int(found[1])] = f"{found[3]}: {found[2]}"
    for line, (number, case) in enumerate(quoted.items(), 2):
        table.counts["passages"] += 1
        marked = [n for n, ids in enumerate(made.of) if f"p{number}" in ids]
        true = range(case.start, case.end)
        if not marked:
            said = lines.get(line, "nothing reported")
            table.counts["orphan"] += 1
            table.reasons[said.partition(":")[0]] += 1
            table.examples.append(f"  orphan {uri} {case[:3]} {said} {case.start}")
        elif {n for n in set(marked) ^ set(true) if not made.skipped[n]}:
            table.counts["wrong"] += 1
            shown = "".join(made.text[n] for n in marked)
            table.examples.append(
                f"  WRONG {uri} {case[:3]}: {shown!r} for {made.said(case.start, case.end)!r}"
            )
        else:
            table.counts["right"] += 1


def main() -> None:
    """Print a line for each builder, and every passage that is not marked where it stands."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--modules", type=Path, action="append", default=[])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("builders", nargs="*")
    given = parser.parse_args()
    print(f"{'':26}pages passages right wrong orphan")
    for name in given.builders or BUILDERS:
        with tempfile.TemporaryDirectory() as work:
            place = given.keep / re.sub(r"\W+", "-", name) if given.keep else Path(work)
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True, exist_ok=True)
            table = measure(name, given.articles, given.modules, place)
        print(table.line(), flush=True)
        for trouble in table.troubles:
            print(f"  {trouble}")
        for example in table.examples:
            print(example, flush=True)


if __name__ == "__main__":
    main()
