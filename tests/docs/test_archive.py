"""The example for archives does on a cluster what is done without one."""

import pickle
import subprocess
import sys
from pathlib import Path

import markdown

from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.sidecar.decoding import parse_sidecar

ROOT = Path(__file__).parents[2]
TEXT = "# Page {0}\n\nThe bridge was built in {0}.\n"
SIDECAR = "annotations:\n  - quote: built in {0}\n    note: A *note*.\n"


def page(number, site):
    html = markdown.markdown(TEXT.format(number), extensions=["toc", "tables", "fenced_code"])
    sidecar, _ = parse_sidecar(SIDECAR.format(number), f"p{number}.annotations.yml")
    given = (TEXT.format(number), sidecar, site, Presentation(), lambda link: link.address)
    return render_page(html, *given).html


def test_a_site_that_was_used_can_be_sent_to_another_process():
    site = Site()
    before = page(1700, site)

    assert page(1700, pickle.loads(pickle.dumps(site))) == before


def test_an_archive_is_annotated_by_workers(tmp_path):
    for number in range(1700, 1760):
        name = tmp_path / "in" / f"{number // 10}" / f"p{number}"
        name.parent.mkdir(parents=True, exist_ok=True)
        name.with_suffix(".md").write_text(TEXT.format(number), "utf-8")
        name.with_suffix(".annotations.yml").write_text(SIDECAR.format(number), "utf-8")
    (tmp_path / "in/plain.md").write_text("# Without a sidecar\n", "utf-8")

    program = [sys.executable, ROOT / "documentation/archive.py", "in", "out", "--workers", "2"]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    written = {path.stem: path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.html")}
    site = Site()
    assert written == {f"p{number}": page(number, site) for number in range(1700, 1760)}
    assert "60 pages" in done.stdout
    assert "10,000,000 such articles" in done.stdout
