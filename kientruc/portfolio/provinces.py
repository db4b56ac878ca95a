"""Who is compared with whom: the submissions of each architecture in the order of versions, and the last of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kientruc.portfolio.run import Line
from kientruc.portfolio.told import Checked, Head, Told

_NUMBER = re.compile(r"\d+")


class Province(NamedTuple):
    """One architecture: all its submissions that could be read, the earliest first."""

    id: str
    lines: tuple[Line, ...]

    @property
    def last(self) -> Line:
        """The submission that counts."""
        return self.lines[-1]

    @property
    def told(self) -> Told:
        """The result that counts."""
        return self.last.told

    @property
    def agency(self) -> str:
        """Give the name of its agency."""
        return head(self.last).agency

    def name(self, lang: str) -> str:
        """Give its name in a language; Vietnamese where there is no other."""
        return name(head(self.last), lang)


def provinces(lines: Iterable[Line]) -> tuple[Province, ...]:
    """Put what could be read together by the id of the architecture, in id order."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.told.head is not None:
            found[line.told.head.id].append(line)
    return tuple(Province(id, tuple(sorted(found[id], key=_order))) for id in sorted(found))


def head(line: Line) -> Head:
    """Give the head of a submission that could be read."""
    assert line.told.head is not None
    return line.told.head


def name(head: Head, lang: str) -> str:
    """Give the name of an architecture in a language."""
    return head.name_en if lang == "en" and head.name_en else head.name


def editions(lines: Iterable[Line]) -> tuple[str, ...]:
    """Name the editions that any submission was checked against, in id order."""
    return tuple(sorted({one.edition for line in lines for one in line.told.checked}))


def checked(line: Line, edition: str) -> Checked | None:
    """Give what came of one edition; None where a submission was not checked against it."""
    return next((one for one in line.told.checked if one.edition == edition), None)


def _order(line: Line) -> tuple[str, tuple[int, ...], str]:
    """Sort by cut-off, then by the numbers in the version, then by name."""
    found = head(line)
    return (found.cut_off, tuple(int(part[:18]) for part in _NUMBER.findall(found.version)), line.name)
