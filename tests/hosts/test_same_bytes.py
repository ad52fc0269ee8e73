"""A site is the same, byte for byte, whatever the machine that builds it."""

import os
import subprocess
import sys

CONFIG = """
site_name: s
site_url: https://x.example/
theme: {name: mkdocs, highlightjs: false}
plugins: [search, annotate: {exports: true, people: {ab: {name: A. Bee}, cd: {name: C. Dee}}}]
"""
KINDS = ("context", "opinion", "prediction", "loaded-language", "check", "definition")
INDEX = "docs/index.md\n| # Index\n|\n| <!-- annotate: sources -->\n|\n| <!-- annotate: kinds -->\n"


def files():
    yield INDEX
    yield "sources.yml\n| b:\n|   title: Beta\n| a:\n|   title: Alpha\n"
    for number in range(6):
        name = f"docs/p{number}"
        words = [f"word{number}{sign} stands" for sign in "abcdef"]
        yield f"{name}.md\n| # Page {number}\n|\n| {'. '.join(words)}.\n"
        entries = "".join(
            f"|   - quote: {quote}\n|     kind: {kind}\n|     note: A note.\n"
            f"|     sources: [a, b]\n|     by: {by}\n|     tags: [x, y, z]\n"
            for quote, kind, by in zip(words, KINDS, ("ab", "cd") * 3, strict=True)
        )
        yield f"{name}.annotations.yml\n| annotations:\n{entries}"


def test_hashes_time_zones_and_the_order_of_files_change_nothing(draw):
    site = draw("")
    path = site.configure(CONFIG)
    built = []
    for seed, zone, order in (("1", "Pacific/Auckland", 1), ("7", "America/Los_Angeles", -1)):
        for old in (site.root / "docs").glob("*"):
            old.unlink()
        for drawing in list(files())[::order]:
            site.write(drawing)
        folder = site.root / f"built{seed}"
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": "1700000000"}
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", path, "-d", folder],
            cwd=site.root,
            env={**os.environ, **environment},
            check=True,
        )
        found = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*")}
        built.append(
            {
                name: file.read_bytes()
                for name, file in found.items()
                # Packed with the time of day, by the host.
                if file.is_file() and not name.endswith(".gz")
            }
        )

    assert built[0].keys() == built[1].keys()
    assert [name for name, data in built[0].items() if built[1][name] != data] == []
    assert b"ann-note" in built[0]["p0/index.html"]
    assert b"Alpha" in built[0]["index.html"]
