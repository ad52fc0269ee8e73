"""What a site is told that lists the plugin or the extension by another name."""

from typing import Any, NoReturn

from mkdocs_annotate.hosts.mkdocs_api import BasePlugin, Config, ValidationError


class _NoOptions(Config):
    """Hosts ask each plugin for the options it has."""


class MisnamedPlugin(BasePlugin[_NoOptions]):
    """Stands for the plugin under the name of the package, and says what to write."""

    def load_config(self, *given: Any, **named: Any) -> NoReturn:
        """Refuse to be configured, in the way that hosts report as a mistake of the site.

        Raises ValidationError.
        """
        raise ValidationError(
            "the plugin of mkdocs-annotate is called `annotate`: write `- annotate`"
        )


class MisnamedExtension:
    """Stands for the extension under other names, and says what to write.

    Raises ValueError, as Python-Markdown makes it.
    """

    def __init__(self, **given: Any) -> None:
        raise ValueError(
            "the extension of mkdocs-annotate is called `mkdocs_annotate`: "
            "write `- mkdocs_annotate`"
        )
