"""The words of the dossier: ours, section by section, and what a province puts in the place of some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kientruc.errors import UsageError
from kientruc.frameworks.reader import nearest, read
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.reading.tree import Mapping as Written
from kientruc.review.given import open_file

HERE = Path(__file__).parent
FORMAT = "kientruc-wording/1"
COMMON, ABBREVIATIONS = "common", "abbreviations"
FACTS = ("architecture", "agency", "author", "committee", "cut_off", "edition", "symbol", "unknown", "blank")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_BRACE = re.compile(r"[{}]")
Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts by document and section, and the official abbreviations of bodies by id."""

    texts: Texts
    abbreviations: Mapping[str, str]

    def say(self, document: str, key: str, values: Mapping[str, str]) -> str:
        """Fill a text. What is filled in is never looked at again: a name with braces stays a name."""
        return _PLACE.sub(lambda match: values[match[1]], self.texts[document][key])


@cache
def shipped() -> Texts:
    """Give the texts that ship with the tool."""
    top, _ = read(Workspace(HERE, DEFAULT), "texts.yaml")
    return {document: _texts(sections) for document, sections in top.items() if isinstance(sections, Written)}


def wording(path: Path | None = None) -> Wording:
    """Give the words to use.

    Args:
        path: a file of a province: `format: kientruc-wording/1`, then documents with sections, and `abbreviations`.
    Raises:
        UsageError: the file is not there, not readable, or names a section or a place to fill that does not exist.
    """
    ours = shipped()
    if path is None:
        return Wording(ours, {})
    file = open_file(path, FORMAT, (*ours, ABBREVIATIONS))
    problems = [f"{one.span}: {one.code}" for one in file.findings]
    if file.top is None or problems:
        raise UsageError("dossier.wording", path=str(path), problems="; ".join(problems))
    found = {key: value for key, value in file.top.items() if isinstance(value, Written)}
    wrong = [
        *_not_mappings(file.top),
        *(one for key in found if key != ABBREVIATIONS for one in _wrong(key, found[key])),
    ]
    if wrong:
        raise UsageError("dossier.wording", path=str(path), problems="; ".join(wrong))
    own = {key: {**ours[key], **_texts(found[key])} if key in found else ours[key] for key in ours}
    return Wording(own, _texts(found[ABBREVIATIONS]) if ABBREVIATIONS in found else {})


def _texts(written: Written) -> dict[str, str]:
    return {key: str(value) for key, value in written.items()}


def _not_mappings(top: Written) -> Iterator[str]:
    for key, value in top.items():
        if key != "format" and not isinstance(value, Written):
            yield f"{top.key_span(key)}: {key}"
        if key == ABBREVIATIONS and isinstance(value, Written):
            yield from (f"{value.key_span(id)}: {id}" for id, short in value.items() if not isinstance(short, str))


def _wrong(document: str, sections: Written) -> Iterator[str]:
    """Tell of each section that we do not know, or that wants filled in what we cannot."""
    ours = shipped()[document]
    for key, said in sections.items():
        at = sections.key_span(key)
        if key not in ours:
            near = nearest(key, ours)
            yield f"{at}: {key}" + (f" (~ {near})" if near else "")
        elif not isinstance(said, str) or not said.strip():
            yield f"{at}: {key}"
        else:
            known = {*_PLACE.findall(ours[key]), *FACTS}
            if set(_PLACE.findall(said)) - known or _BRACE.search(_PLACE.sub("", said)):
                yield f"{at}: {key}: " + ", ".join(f"{{{name}}}" for name in sorted(known))
