"""What a load made of each file, kept for the next: a file whose bytes are the same is not parsed and built anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kientruc.model.element import Relation
from kientruc.model.record import Record
from kientruc.reading.findings import Findings
from kientruc.reading.limits import Limits
from kientruc.reading.tree import Written
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile


class Built(NamedTuple):
    """A record that was right in itself, and the relations written on it."""

    record: Record
    relations: tuple[Relation, ...]


class _Read(NamedTuple):
    limits: Limits
    file: SourceFile
    root: object
    findings: Findings
    built: dict[int, Built]  # by the identity of the mapping it was written as, which lives as long as the root


class Kept:
    """The files of one architecture as they were last read. Whoever loads once begins with none.

    A record is kept where it and its relations are right by what stands in their own file; what hangs on other files
    is checked in every load. Nobody changes what is given out: it is given out again.
    """

    def __init__(self) -> None:
        self._before: dict[str, _Read] = {}
        self._now: dict[str, _Read] = {}
        self._built: Callable[[], Iterable[tuple[Written, Built]]] = tuple

    def parse(self, file: SourceFile, limits: Limits) -> tuple[SourceFile, object, Findings]:
        """Parse a file, or give what came of it.

        Returns:
            The file that the spans are of, which is an equal one where it was parsed before; and as `parse`.
        """
        known = self._before.get(file.path)
        if known is None or known.limits != limits or (known.file.sha256, known.file.text) != (file.sha256, file.text):
            known = _Read(limits, file, *parse(file, limits), {})
        self._now[file.path] = known
        return known.file, known.root, known.findings

    @property
    def holds(self) -> bool:
        """Whether anything may be kept of an earlier load."""
        for origin, built in self._built():
            if read := self._before.get(origin.file.path):
                read.built[id(origin.node)] = built
        self._built = tuple
        return bool(self._before)

    def built(self, origin: Written) -> Built | None:
        """Give what was built of a record, if it was."""
        return self._now[origin.file.path].built.get(id(origin.node))

    def keep(self, built: Callable[[], Iterable[tuple[Written, Built]]]) -> None:
        """Keep what is built of records; asked for once there is another load."""
        self._built = built

    def turn(self, whole: bool) -> None:
        """End a load: what it did not read is forgotten, unless it did not get as far as all there is."""
        self._before = self._now if whole else self._before | self._now
        self._now = {}
