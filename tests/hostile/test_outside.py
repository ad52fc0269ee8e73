"""No file outside the folders of articles and of annotations is read on somebody's word."""

import os

import pytest

SECRET = "annotations: [{quote: bridge, note: Only the owner knows}]\n"

PLACES = {
    "beside the project": "../beside.annotations.yml",
    "in the project": "project.annotations.yml",
    "in a folder of the project": "private/x.annotations.yml",
    "in a folder whose name begins alike": "docs-private/x.annotations.yml",
    "in the folder that is built": "built/x.annotations.yml",
}
"""Where secrets lie, from the folder of the project."""

TRAVERSALS = [
    "{up}{name}",
    "./{up}{name}",
    "a/../{up}{name}",
    "{up}docs/../{name}",
    "{up}./{name}",
    "{up}/{name}",
    "{root}/{name}",
    "/{root}/{name}",
    "{root}/docs/../{name}",
    "file://{root}/{name}",
    "%2e%2e/{name}",
    "..%2f{name}",
    "....//{name}",
    "..\\{name}",
    "{up}{name}\x00.annotations.yml",
    "~/{name}",
    "{up}{name}/",
    "{up}{name}#.annotations.yml",
    "{up}{name}?.annotations.yml",
]
"""Ways to write a path that may lead to `name`, a path from the project's root."""

FORMS = ("annotations: {}", "annotations: {{file: {}}}", "annotations:\n|   file: {}")


ANSWERS = ("not-readable", "bad-option")


def page(front_matter=""):
    lines = f"| ---\n| {front_matter}\n| ---\n" if front_matter else ""
    return f"docs/a/index.md\n{lines}| The old bridge.\n"


def hide(site):
    for name in PLACES.values():
        path = site.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SECRET, "utf-8")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace("\x00", "\\0") + '"'


def published(built):
    return [path for path in built.published() if "Only the owner" in text_of(built.folder / path)]


def text_of(path):
    return path.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", FORMS, ids=["text", "in braces", "in a block"])
def test_no_path_in_front_matter_leads_outside(draw, place, form):
    site = draw("")
    for number, way in enumerate(TRAVERSALS):
        path = way.format(up="../../", root=site.root, name=PLACES[place])
        site.write(page(form.format(quoted(path))).replace("docs/a/", f"docs/a{number}/"))
    hide(site)

    built = site.build()

    pages = [path for path in published(built) if path.endswith(".html")]
    assert pages == []
    told = [problem for problem in built.problems if problem.rule in ANSWERS]
    assert len(told) >= len(TRAVERSALS) - 2
    assert "internal-error" not in {problem.rule for problem in built.problems}


@pytest.mark.parametrize("place", PLACES)
def test_no_link_leads_outside(draw, place):
    site = draw(page())
    hide(site)
    target = site.root / PLACES[place]
    (site.root / "docs/a/index.annotations.yml").symlink_to(target)

    built = site.build()

    assert published(built) == []
    assert [problem.rule for problem in built.problems] == ["not-readable"]


# A link to a folder around itself is endless for MkDocs, which follows links, with us or without.
@pytest.mark.parametrize("place", [place for place in PLACES if "in a folder" in place])
def test_no_link_of_a_folder_leads_outside(draw, place):
    site = draw(page("annotations: linked/x.annotations.yml"))
    hide(site)
    folder = (site.root / PLACES[place]).parent
    (site.root / "docs/a/linked").symlink_to(folder, target_is_directory=True)

    built = site.build()

    assert [path for path in published(built) if path.endswith(".html")] == []
    assert "not-readable" in [problem.rule for problem in built.problems]


def test_the_folder_of_annotations_is_one_of_the_two(draw):
    config = "site_name: x\ntheme: {name: mkdocs, highlightjs: false}\n"
    config += "plugins: [{annotate: {annotations_dir: ../notes}}]\n"
    site = draw(page("annotations: ../../../notes/any.annotations.yml"), config)
    notes = site.root.parent / "notes"
    notes.mkdir()
    (notes / "any.annotations.yml").write_text("annotations: [{quote: old, note: x}]\n", "utf-8")

    built = site.build()

    assert built.problems == []
    assert built.marked("a/index.html") == ["old"]


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "loop", "dangling"])
def test_what_is_no_file_is_told_and_not_waited_for(draw, kind):
    site = draw(page())
    sidecar = site.root / "docs/a/index.annotations.yml"
    if kind == "pipe":
        os.mkfifo(sidecar)
    elif kind == "folder":
        sidecar.mkdir()
    else:
        targets = {"device": "/dev/zero", "loop": sidecar.name, "dangling": "none.annotations.yml"}
        sidecar.symlink_to(targets[kind])

    from mkdocs_annotate.sidecar.files import read_sidecar

    _, problems = read_sidecar(sidecar, (site.root / "docs",))

    assert [problem.rule.value for problem in problems] == ["not-readable"]
