import pytest

from mkdocs_annotate.exchange.plain_text import plain_address, plain_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"\"{u}ber \"uber {\"{u}}ber", "über über über"),
        (r"na{\"\i}f, {\'\i}", "naïf, í"),
        (r"{\v{c}} \c{c} \H{o} \k a", "č ç ő ą"),
        (r"\o{} {\L}odz Stra{\ss}e \AE on", "ø Łodz Straße Æon"),
        (r"1990--2000 --- and", "1990–2000 — and"),
        (r"``quoted'' !`Hola!", "“quoted” ¡Hola!"),
        (r"R\&D, 50\%, \$5, \#1, a\_b", "R&D, 50%, $5, #1, a_b"),
        ("R&D, 50%, a_b", "R&D, 50%, a_b"),
        ("A~{Title}  with\n {BRACES}", "A Title with BRACES"),
        (r"\emph{No} \textbf{way} \unknown{here}", "No way here"),
        (r"H$_2$O, $x^{10}$, $\alpha$ to $\Omega$, $\lambda$", "H₂O, x¹⁰, α to Ω, λ"),
        ("costs $5", "costs $5"),
        (r"\TeX\ and \LaTeX{} too", "TeX and LaTeX too"),
        (r"\href{https://example.org}{a label} \cite{x} end", "a label [x] end"),
        (r"Bridges\footnote{Paid by {\em us}.} old", "Bridges (Paid by us.) old"),
        (r"A\thanks{B\footnote{C}}", "A (BC)"),
        (r"A\footnote{}", "A"),
        (r"a\\b\,c\-d", "a b cd"),
        (r"\'", ""),
        (r"{\'}x", "x"),
        (r"\apj", "apj"),
        (r"{\aj} {\bf 12}", "aj 12"),
        (r"{\noopsort{a}}Title", "Title"),
        ("a\x00b\u202ec\ud800\n d", "abc d"),
    ],
)
def test_latex_is_read_as_it_looks(latex, text):
    assert plain_text(latex) == text


@pytest.mark.parametrize(
    ("latex", "address"),
    [
        (r"https://example.org/a\_b\%20c\&d\#e", "https://example.org/a_b%20c&d#e"),
        (r"\url{https://example.org/a_b}", "https://example.org/a_b"),
        (r"https://example.org/\~{}ada", "https://example.org/~ada"),
        (r"https://example.org/{\textasciitilde}ada", "https://example.org/~ada"),
        (r"https://example.org/$\sim$ada", "https://example.org/~ada"),
        ("https://example.org/a--b~c''%7E", "https://example.org/a--b~c''%7E"),
    ],
)
def test_addresses_stay_as_they_are(latex, address):
    assert plain_address(latex) == address


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
