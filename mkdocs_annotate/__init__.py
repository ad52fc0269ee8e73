"""Annotated explainers from untouched Markdown and a YAML file beside it."""

__version__ = "0.1.0"
