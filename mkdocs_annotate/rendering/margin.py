"""Whether the notes of a page can stand in its margin, each beside its passage.

Heights are estimated in px, at the width where a margin begins, for notes cut down to their heads.
The script lays them out by the same rule, with real heights, and shows more where there is room.
"""

from collections.abc import Sequence

from mkdocs_annotate.anchoring.projection import Projection
from mkdocs_annotate.anchoring.tags import Role
from mkdocs_annotate.rendering.passages import Passage

MOST_NOTES = 50
"""Most notes that stand in the margin: the stylesheet has an anchor name for each."""

LARGEST_MEDIAN, LARGEST_DRIFT = 100, 400
"""How far notes may stand from their passages, in px; beyond that a list is better to read."""

_HEAD = 34
"""Height of the least of a note that shows, its head, and the gap to the next, in px."""


def fits_margin(passages: Sequence[Passage], page: Projection) -> bool:
    """Return whether there are notes that can stand in the margin, near their passages."""
    numbered = [passage for passage in passages if passage.number]
    if not 0 < len(numbered) <= MOST_NOTES:
        return False
    blocks = sum(token.role == Role.BOUNDARY for token in page.tokens) // 2
    article = 24 * len(page.text) / 80 + 20 * blocks
    places = sorted(article * passage.extents[0][1] for passage in numbered)
    tops = laid_out(places, [_HEAD] * len(places))
    drifts = [abs(top - place) for top, place in zip(tops, places, strict=True)]
    drifts.sort()
    half = len(drifts) // 2
    # The mean of the middle two, which are one of an odd number.
    median = (drifts[half] + drifts[-half - 1]) / 2
    return median <= LARGEST_MEDIAN and drifts[-1] <= LARGEST_DRIFT


def laid_out(places: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return the tops of boxes that don't overlap and lie as near to `places` as they can.

    The sum of the squared distances is the least there is.  Boxes keep their order, and none
    begins above 0.  Source: Ayer et al. 1955, pool adjacent violators.  Cost: linear.
    """
    offsets = [0.0]
    for height in heights:
        offsets.append(offsets[-1] + height)
    pools: list[tuple[float, int]] = []
    for place, offset in zip(places, offsets, strict=False):
        mean, count = place - offset, 1
        while pools and pools[-1][0] > mean:
            before, more = pools.pop()
            mean, count = (before * more + mean * count) / (more + count), more + count
        pools.append((mean, count))
    starts = [max(mean, 0.0) for mean, count in pools for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=False)]
