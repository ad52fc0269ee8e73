import pytest

from mkdocs_annotate.exchange.plain_text import plain_address, plain_text


def test_no_file_is_included(tmp_path):
    (tmp_path / "secret").write_text("secret", "utf-8")

    for command in (r"\input", r"\include", r"\@input", r"\verbatiminput", r"\openin"):
        assert "secret" not in plain_text(f"{command}{{{tmp_path}/secret}}").replace(
            f"{tmp_path}/secret", ""
        )


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        "}" * 100_000,
        "\\" * 99_999,
        "$" * 99_999,
        r"\textbf{" * 20_000,
        r"\href" * 20_000,
        r"\href{" * 20_000,
        r"\'" * 50_000,
        "_{" * 50_000,
        "\x00\ud800\u202e",
        "\\\n",
    ],
)
def test_nothing_unbalanced_hangs_or_raises(text):
    assert isinstance(plain_text(text), str)
    assert isinstance(plain_address(text), str)
