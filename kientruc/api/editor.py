"""What an editor reads beside the files: the schema of the format, and the line that leads to it."""

from __future__ import annotations

from kientruc.loading import Loaded

SCHEMA_FILE = "kientruc.schema.json"


def schema_text(lang: str, loaded: Loaded | None = None) -> str:
    """Give the JSON Schema of the format."""
    from kientruc.renderers import json_schema

    return json_schema.render(lang)


def with_modeline(text: str, relative: str) -> str:
    """Put the line that leads an editor to the schema before a text.

    Args:
        relative: the way from the folder of the text to the schema, with forward slashes.
    """
    return f"# yaml-language-server: $schema={relative}\n{text}"
