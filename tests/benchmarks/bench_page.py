"""The page of the documentation that tells what `bench.py` has found, and its picture."""

import platform
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from importlib.metadata import version

from pages import ROOT

PAGE = ROOT / "site/reference/cost.md"
PICTURE = ROOT / "site/assets/cost.svg"
PACKAGES = ("mkdocs-annotate", "mkdocs", "Markdown", "mkdocs-material", "mkdocs-bibtex")

PROSE = """# What it costs

Made by `make bench` on {date}: Python {python}, {packages}; {machine}.
Machines differ and are shared, so compare the ratios to the same site without any notes, built in the same round.

![CPU time of a build, as multiples of the plain site](../assets/cost.svg)

The texts are the same in every site, and only how they are written differs: as a list at the end of the article without any mechanism (“same bytes, in Markdown”), put into each finished page at once (“same bytes, added as HTML”), as footnotes, as Material's annotations, as citations of mkdocs-bibtex, or in sidecars.
“Plugin unused” is the plain site with the plugin switched on.
MkDocs keeps the content of all pages until the last one is written: memory grows with what is added to them, whoever adds it.
"""

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def write_page(ratios: Mapping[str, float], tables: Sequence[Table]) -> None:
    """Write the page of all `tables`, and the picture of `ratios` to the plain site."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    text = PROSE.format(
        date=date.today().isoformat(),
        python=platform.python_version(),
        packages=packages,
        machine=f"{platform.system()}, {platform.machine()}",
    )
    parts = [f"\n## {title}\n\n{_markdown(head, rows)}" for title, head, rows in tables]
    PAGE.write_text(text + "".join(parts), "utf-8")
    PICTURE.write_text(picture(ratios), "utf-8")


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def picture(ratios: Mapping[str, float]) -> str:
    """Return a picture of bars, one for each ratio, that can be read on light and dark pages."""
    scale = 320 / max(ratios.values())
    lines = []
    for row, (name, ratio) in enumerate(ratios.items()):
        top, width = 8 + 26 * row, round(ratio * scale)
        colour = "#3d7ea6" if name.startswith(("annotated", "plugin")) else "#8a8a8a"
        lines.append(
            f'<text x="200" y="{top + 14}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="208" y="{top}" width="{width}" height="18" fill="{colour}"/>'
            f'<text x="{214 + width}" y="{top + 14}">{ratio:.2f}</text>'
        )
    height = 8 + 26 * len(ratios)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 580 {height}" '
        'font-family="sans-serif" font-size="13" fill="#7a7a7a">\n'
        + "\n".join(lines)
        + "\n</svg>\n"
    )
