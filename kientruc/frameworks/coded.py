"""The codes an edition knows: for each scheme of `codes`, the values of the lists that requirements hold it against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from kientruc.frameworks.shelf import EDITIONS, about_of, shelved
from kientruc.frameworks.vocabulary import Bilingual
from kientruc.frameworks.words import load_words

_SCHEME, _LIST = "codes.", "@"


@cache
def known_codes(id: str, folder: Path = EDITIONS) -> Mapping[str, Mapping[str, Bilingual | None]]:
    """Give, by scheme, each value with what it stands for; None where the list does not say.

    Raises:
        KeyError: there is no such edition.
        EditionError: its files are wrong.
    """
    files = shelved(id, folder)
    base = about_of(files, folder, id).starts_from
    found = {scheme: dict(values) for scheme, values in known_codes(base, folder).items()} if base else {}
    lists = load_words(id, folder).lists
    for path, (top, _) in files.items():
        if path.startswith("requirements/"):
            for scheme, name in sorted(_asked(top)):
                if name in lists:
                    values = {str(value): lists[name].words.get(str(value)) for value in lists[name].values}
                    found[scheme] = found.get(scheme, {}) | values
    return found


def _asked(node: object) -> Iterator[tuple[str, str]]:
    """Find conditions of the form `{prop: codes.x, in: "@y"}`: scheme and list of each."""
    if isinstance(node, dict):
        prop, asked = node.get("prop"), node.get("in")
        if isinstance(prop, str) and prop.startswith(_SCHEME) and isinstance(asked, str) and asked.startswith(_LIST):
            yield prop.removeprefix(_SCHEME), asked.removeprefix(_LIST)
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _asked(inner)
