"""The words of the form, from `words/*.yml`: for those who write, never in a page that is built."""

from functools import lru_cache
from importlib.resources import files

from mkdocs_annotate.rendering.translations import DEFAULT_LANGUAGE, base_of
from mkdocs_annotate.sidecar.nodes import MappingNode, ScalarNode, parse_nodes


@lru_cache
def form_words(language: str) -> dict[str, str]:
    """Return the words of the form in `language`, by key; in English those that it lacks."""
    own = base_of(language) if language else DEFAULT_LANGUAGE
    return {**_words_in(DEFAULT_LANGUAGE), **_words_in(own)}


def _words_in(language: str) -> dict[str, str]:
    file = files("mkdocs_annotate.writing") / "words" / f"{language}.yml"
    if not language.isalpha() or not file.is_file():
        return {}
    root = parse_nodes(file.read_text("utf-8"), file.name).root
    assert isinstance(root, MappingNode)
    return {
        key: value.text for key, (_, value) in root.entries.items() if isinstance(value, ScalarNode)
    }
