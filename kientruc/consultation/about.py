"""What a comment is about: codes as people write them, the ids they mean, and what became of those that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kientruc.consultation.filled import Entry, Filled
from kientruc.finding import Finding, Severity
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.model.approval import Comment, Retired
from kientruc.model.architecture import Architecture
from kientruc.model.record import Named
from kientruc.reading.workbook import fold

MOST, HINTS = 200, 50  # codes of one cell; unknown codes for which a near one is looked for
_CODE = re.compile(r"([^\s;]+)\s+[–—-]\s+.*")  # a code with its name behind it


@dataclass(frozen=True, slots=True)
class About:
    """The ids that are meant; the codes of what is gone without a successor; what is to be noted of it."""

    ids: tuple[str, ...]
    gone: tuple[str, ...] = ()
    note: str = ""


def resolved(architecture: Architecture, id: str) -> tuple[str, ...]:
    """Give what stands in the place of an id: itself, or what followed it, over any number of steps."""
    retired: dict[str, Retired] = dict(architecture.records["retired"])
    found: list[str] = []
    seen: set[str] = set()
    queue = [id]
    while queue:
        one = queue.pop(0)
        if one in seen:
            continue
        seen.add(one)
        after = retired[one].successor if one in retired else None
        if after:
            queue += (after,) if isinstance(after, str) else after
        else:
            found.append(one)
    return tuple(found) or (id,)


class Codes:
    """The ids that a comment may be about, and the names people write in their stead."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        field = Comment.model_fields["about"].annotation
        self.sections = _sections(field)
        records = architecture.records
        self.ids = {id for section in self.sections for id in records[section]}
        self.names: dict[str, str] = {}
        self.hints: dict[str, str] = {}
        for section in reversed(self.sections):
            for id, record in records[section].items():
                if isinstance(record, Named):
                    self.names[fold(record.name)] = id

    def code(self, words: str) -> str:
        """Give the code in "code – name", or of a name; else the words themselves."""
        words = " ".join(words.split())
        match = _CODE.fullmatch(words)
        if match:
            return match[1]
        return words if words in self.ids else self.names.get(fold(words), words)

    def passage(self, words: str) -> str:
        """Give the code of a section or figure that was chosen from the list; else the words themselves."""
        code = self.code(words)
        return code if code in self.ids or " " not in words else words

    def about(self, filled: Filled, entry: Entry, findings: list[Finding]) -> About:
        """Give what a row is about; tell of what is unknown, gone, or called otherwise now."""
        ids: list[str] = []
        gone: list[str] = []
        notes: list[str] = []
        at = entry.at("about")
        codes = tuple(islice(self.split(entry.fields["about"]), MOST + 1))
        if len(codes) > MOST:
            findings.append(Finding("C-MANY", at, {"limit": str(MOST)}))
        for code in codes[:MOST]:
            offered = (filled.codes or {}).get(code)
            if code in self.architecture.records["retired"]:
                after = resolved(self.architecture, code)
                ids += after
                if after != (code,):
                    values = {"code": code, "after": ", ".join(after)}
                    findings.append(Finding("C-RETIRED", at, values, severity=Severity.MINOR))
                    notes.append(text("comments.note-retired", "vi", **values))
            elif code in self.ids:
                ids.append(code)
            elif offered is not None:
                findings.append(Finding("C-GONE", at, {"code": code, "name": offered}, severity=Severity.MINOR))
                gone.append(code)
                notes.append(text("comments.note-gone", "vi", code=code, name=offered))
            else:
                findings.append(Finding("C-CODE", at, {"found": code[:60], "near": self.near(code)}))
        return About(tuple(dict.fromkeys(ids)), tuple(gone), " ".join(notes))

    def near(self, code: str) -> str:
        """Give the id that a code may be meant for; of many codes that are unknown only the first are looked up."""
        if code not in self.hints and len(self.hints) < HINTS:
            self.hints[code] = nearest(code, self.ids)
        return self.hints.get(code, "")

    def split(self, words: str) -> Iterator[str]:
        """Part what is written in a cell into codes: by semicolons and lines, and by commas between bare codes."""
        for item in re.split(r"[;\n]", words):
            item = " ".join(item.split())
            if not item:
                continue
            code = self.code(item)
            if code in self.ids or _CODE.fullmatch(item):
                yield code
            else:
                parts = [part for part in re.split(r"[,\s]+", item) if part]
                yield from parts if any(part in self.ids for part in parts) else (item,)


def _sections(annotation: object) -> tuple[str, ...]:
    """Give the sections that an id in a field may be of, as the field's type says."""
    from typing import get_args

    from kientruc.model.values import Ref

    found = [one.sections for one in _parts(annotation, get_args) if isinstance(one, Ref)]
    return tuple(dict.fromkeys(name for sections in found for name in sections))


def _parts(annotation: object, get_args: object) -> Iterator[object]:
    for one in get_args(annotation):  # type: ignore[operator]
        yield one
        yield from _parts(one, get_args)
