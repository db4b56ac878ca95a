"""Which requirement a requirement was in earlier editions; an id is borne once, and never again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kientruc.finding import Finding
from kientruc.frameworks.about import EditionFile
from kientruc.frameworks.reader import EditionError, read, unknown
from kientruc.frameworks.requirement import Requirement
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT


class Lineage:
    """The requirements an edition takes over, and the ids that others bear.

    Args:
        shelf: the folder of the other editions; that of the edition's own id does not count, it may be a copy of it.
        base: the requirements of the edition it starts from.
    """

    def __init__(self, shelf: Path, about: EditionFile, base: Mapping[str, Requirement]) -> None:
        self._shelf, self._about = shelf, about
        self.taken = {id: requirement for id, requirement in base.items() if id not in about.drops}
        self._homes = {id: home for id, home in homes(shelf).items() if home != about.id}

    def problems(self, requirement: Requirement, top: Any, own: Mapping[str, Requirement]) -> Iterator[Finding]:
        """Refuse an id that something bears or bore, and a `was` that names nothing, itself, or what is still there."""
        id = requirement.id
        if id in self._homes or id in self._about.retired:
            yield Finding("E-REUSED", top.span("id"), {"id": id, "edition": self._homes.get(id, self._about.id)})
        if requirement.since and requirement.since not in (known := {*self._homes.values(), self._about.id}):
            yield unknown(requirement.since, "edition", sorted(known), top.span("since"))
        for index, name in enumerate(requirement.was):
            at = top.span("was", index)
            if name in self.taken:
                yield Finding("E-WAS", at, {"id": name})
            elif name not in self._homes and name not in own and name not in self._about.retired:
                yield unknown(name, "requirement", sorted({*self._homes, *own, *self._about.retired} - {id}), at)
            elif id in _before(name, own, self._homes, self._shelf):
                yield Finding("E-CIRCLE", at, {"found": id, "what": "was"})


def lineage(id: str, own: Mapping[str, Requirement], shelf: Path) -> frozenset[str]:
    """Give every id that a requirement of an edition bears or bore."""
    return frozenset(_before(id, own, homes(shelf), shelf))


def _before(id: str, own: Mapping[str, Requirement], homes: Mapping[str, str], shelf: Path) -> set[str]:
    found, wave = set[str](), [id]
    while wave:
        one = wave.pop()
        if one in found:
            continue
        found.add(one)
        if one in own:
            wave += own[one].was
        elif one in homes:
            wave += _was(shelf / homes[one], one)
    return found


def homes(shelf: Path) -> dict[str, str]:
    """Tell for each requirement's id the edition in whose folder it is written; a file is named by the id in it."""
    return {path.stem: path.parts[-3] for path in sorted(shelf.glob("*/requirements/*.yaml"))}


@cache
def _was(edition: Path, id: str) -> tuple[str, ...]:
    try:
        top, _ = read(Workspace(edition, DEFAULT), f"requirements/{id}.yaml")
    except EditionError:
        return ()  # that edition is refused for it
    was = top.get("was")
    return tuple(name for name in was if isinstance(name, str)) if isinstance(was, list) else ()
