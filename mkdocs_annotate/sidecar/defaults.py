"""The defaults of a sidecar: what holds for each annotation that doesn't say otherwise."""

from mkdocs_annotate.model.sidecar import Defaults
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.values import Values

_DECIDING = ("kind", "voice")
"""Keys of `defaults` without which an annotation would be shown as something else."""


def with_defaults(entry: Values, given: Values) -> Values:
    """Return an annotation with what `given` says for all of them, and it doesn't.

    One that may need a default with a mistake can't be used.
    """
    added = {key: value for key, value in given.sound.items() if key not in entry.places}
    if "speaker" in entry.places:
        added.pop("voice", None)
    if "tags" in given.sound and "tags" in entry.sound:
        added["tags"] = list(dict.fromkeys([*given.sound["tags"], *entry.sound["tags"]]))
    doubtful = _needs_more(entry, given)
    if not added and not doubtful:
        return entry
    places = {key: given.places[key] for key in added if key not in entry.places}
    return Values(
        entry.position,
        {**entry.sound, **added},
        {**entry.places, **places},
        entry.faulty or doubtful,
    )


def _needs_more(entry: Values, given: Values) -> bool:
    """Return whether an annotation may rely on a default that has a mistake."""
    if not given.faulty:
        return False
    lost = [key for key in _DECIDING if key in given.places and key not in given.sound]
    # An unknown key may be `kind` mistyped, and so may all of it.
    if not given.places or set(given.places) - set(shapes.DEFAULTS.fields):
        lost.append("kind")
    return any(key not in entry.places for key in lost)


def defaults_of(values: Values) -> Defaults:
    """Return the defaults of a file, as far as they are sound."""
    sound = dict(values.sound)
    sound["tags"] = tuple(sound.get("tags", ()))
    return Defaults(**sound, places=values.places)
