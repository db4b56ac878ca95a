"""What users read, by key, in Vietnamese and English; code holds keys, catalogues hold words."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    with Path(__file__).with_name(f"{lang}.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def has(key: str, lang: str) -> bool:
    """Tell whether a catalogue knows a key."""
    return _catalogue(lang).gettext(key) != key


def keys(lang: str) -> list[str]:
    """List all keys of a catalogue in alphabetical order."""
    return sorted(key for key in vars(_catalogue(lang))["_catalog"] if key)


def text(key: str, lang: str, /, **values: object) -> str:
    """Give the words of a key with its placeholders filled; a value is never read for placeholders again.

    Raises:
        KeyError: no catalogue has the key, or a placeholder has no value.
    """
    return fill(raw(key, lang), values)


def raw(key: str, lang: str) -> str:
    """Give the words of a key with its placeholders open.

    Raises:
        KeyError: no catalogue has the key.
    """
    words = _catalogue(lang).gettext(key)
    if words == key:
        raise KeyError(key)
    return words


def fill(words: str, values: Mapping[str, object]) -> str:
    """Replace {name} by its value, once."""
    return PLACEHOLDER.sub(lambda match: str(values[match.group(1)]), words)
