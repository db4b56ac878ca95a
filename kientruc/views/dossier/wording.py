"""The words of the dossier: ours, section by section, and what a province puts in the place of some of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kientruc.errors import UsageError
from kientruc.frameworks.reader import nearest, read
from kientruc.messages import text
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.reading.tree import Mapping as Written
from kientruc.review.given import open_file
from kientruc.views.remarks import Remark, remark

HERE = Path(__file__).parent
FORMAT = "kientruc-wording/1"
COMMON, ABBREVIATIONS = "common", "abbreviations"
FACTS = ("architecture", "agency", "author", "committee", "cut_off", "edition", "symbol", "unknown", "blank", "below")
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


def wording(path: Path | None = None, lang: str = "vi") -> Wording:
    """Give the words to use.

    Args:
        path: a file of a province: `format: kientruc-wording/1`, then documents with sections, and `abbreviations`.
        lang: the language in which is said what is wrong with it.
    Raises:
        UsageError: the file is not there, not readable, or names a section or a place to fill that does not exist.
    """
    ours = shipped()
    if path is None:
        return Wording(ours, {})
    file = open_file(path, FORMAT, (*ours, ABBREVIATIONS))
    if file.top is None or file.findings:
        raise _refused(path, (_told(remark(one, lang)) for one in file.findings))
    found = {key: value for key, value in file.top.items() if isinstance(value, Written)}
    wrong = [
        *_not_mappings(file.top, lang),
        *(one for key in found if key != ABBREVIATIONS for one in _wrong(key, found[key], lang)),
    ]
    if wrong:
        raise _refused(path, wrong)
    own = {key: {**ours[key], **_texts(found[key])} if key in found else ours[key] for key in ours}
    return Wording(own, _texts(found[ABBREVIATIONS]) if ABBREVIATIONS in found else {})


def _refused(path: Path, problems: Iterable[str]) -> UsageError:
    return UsageError("dossier.wording", path=str(path), problems="".join(f"\n  {one}" for one in problems))


def _told(one: Remark) -> str:
    return f"{one.place.where}: {one.message} {one.remedy}" if one.place else f"{one.message} {one.remedy}"


def _texts(written: Written) -> dict[str, str]:
    return {key: str(value) for key, value in written.items()}


def _not_mappings(top: Written, lang: str) -> Iterator[str]:
    for key, value in top.items():
        if key != "format" and not isinstance(value, Written):
            yield text("wording.no-sections", lang, at=str(top.key_span(key)), key=key)
        if key == ABBREVIATIONS and isinstance(value, Written):
            odd = (id for id, short in value.items() if not isinstance(short, str))
            yield from (text("wording.no-text", lang, at=str(value.key_span(id)), key=id) for id in odd)


def _wrong(document: str, sections: Written, lang: str) -> Iterator[str]:
    """Tell of each section that we do not know, or that wants filled in what we cannot."""
    ours = shipped()[document]
    for key, said in sections.items():
        at = str(sections.key_span(key))
        if key not in ours:
            near = nearest(key, ours)
            near = text("phrase.near", lang, near=near) if near else "."
            yield text("wording.unknown", lang, at=at, key=key, document=document, near=near, allowed=", ".join(ours))
        elif not isinstance(said, str) or not said.strip():
            yield text("wording.no-text", lang, at=at, key=key)
        else:
            known = {*_PLACE.findall(ours[key]), *FACTS}
            if set(_PLACE.findall(said)) - known or _BRACE.search(_PLACE.sub("", said)):
                places = ", ".join(f"{{{name}}}" for name in sorted(known))
                yield text("wording.places", lang, at=at, key=key, allowed=places)
