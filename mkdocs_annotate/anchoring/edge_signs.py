"""The signs around a passage that was found by its words: quotation marks, brackets, dots."""

from mkdocs_annotate.anchoring.form import fold_text
from mkdocs_annotate.model.places import Range


def with_edge_signs(place: Range, quote: str, text: str) -> Range:
    """Return `place`, found by its words, with the signs around them that `quote` has too.

    Signs of the quote are taken from the inside; one that the text does not have there is left out.
    """
    form = fold_text(quote).strip()
    letters = [index for index, sign in enumerate(form) if sign.isalnum()]
    if not letters:
        return place
    start = _reached(place.start, form[: letters[0]][::-1], text, -1)
    end = _reached(place.end, form[letters[-1] + 1 :], text, 1)
    while end > place.end and text[end - 1].isspace():
        end -= 1
    while start < place.start and text[start].isspace():
        start += 1
    return Range(start, end)


def _reached(at: int, signs: str, text: str, step: int) -> int:
    """Return how far from `at` the `signs`, from the inside outwards, stand in `text`."""
    while signs:
        beside = at if step > 0 else at - 1
        sign = text[beside : beside + 1] if beside >= 0 else ""
        form = fold_text(sign)[::step] if sign else ""
        if form and signs.startswith(form):
            at += step
            signs = signs[len(form) :]
        else:
            signs = signs[1:]
    return at
