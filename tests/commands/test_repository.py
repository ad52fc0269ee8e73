from mkdocs_annotate.editorial.git import from_repository
from mkdocs_annotate.model.problems import Position, Problem, Rule


def named(*files):
    problems = [Problem(Position(str(file), 2, 3), Rule.ORPHAN, "x", "y") for file in files]
    return [problem.position.file for problem in from_repository(problems)]


def test_without_a_repository_names_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert named("docs/a.yml", "/elsewhere/a.yml") == ["docs/a.yml", "/elsewhere/a.yml"]


def test_in_a_folder_of_a_repository_names_begin_at_its_top(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.chdir(folder)

    beside = tmp_path / "notes/b.yml"
    assert named("docs/a.yml", beside) == ["site/docs/a.yml", "notes/b.yml"]


def test_a_worktree_has_a_file_in_place_of_the_folder(tmp_path, monkeypatch):
    (tmp_path / ".git").write_text("gitdir: elsewhere\n", "utf-8")
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")

    assert named("a.yml") == ["site/a.yml"]


def test_all_else_of_a_problem_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    problem = Problem(Position("a.yml", 2, 3), Rule.ORPHAN, "x", "y")

    assert from_repository([problem]) == [problem]


def test_a_file_that_no_relative_path_leads_to_keeps_its_name(tmp_path, monkeypatch):
    def relpath(path, start):
        raise ValueError("path is on another drive")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mkdocs_annotate.editorial.git.os.path.relpath", relpath)

    assert named("D:/a.yml") == ["D:/a.yml"]
